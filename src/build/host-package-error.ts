// Why a package cannot be made of this host's files. The message is a byte string that a user can act on.

export class HostPackageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "HostPackageError";
  }
}
