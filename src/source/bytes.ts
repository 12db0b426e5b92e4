// Byte strings: inside ocinix every text of a program is a JavaScript string whose code units are bytes (0-255),
// so that lengths, order and hashes are those of C++ Nix. These are the only two doors to ordinary text.

const nonAscii = /[^\x00-\x7f]/;

/** Encodes ordinary (UTF-16) text as a byte string holding its UTF-8 bytes. */
export function bytesFromText(text: string): string {
  return nonAscii.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

/** Decodes a byte string as UTF-8 for showing it to a person; bytes that are not UTF-8 become U+FFFD. */
export function textFromBytes(bytes: string): string {
  return nonAscii.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}

/** The raw bytes of a byte string. */
export function bufferFromBytes(bytes: string): Buffer {
  return Buffer.from(bytes, "latin1");
}

/** The byte string that holds exactly these raw bytes. */
export function bytesFromBuffer(buffer: Uint8Array): string {
  return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString("latin1");
}
