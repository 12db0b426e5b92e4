// What is wrong with a container's specification or configuration, all problems at once. Messages are byte strings.

export type ConfigErrorCode =
  /** What the expression asked for: a wrong type, a mount that cannot be. */
  | "invalid-container"
  /** A configuration that breaks the OCI runtime specification. */
  | "invalid-config";

export interface ConfigProblem {
  /** Where, such as `process.args[0]` or `mounts."/data".source`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** A specification or configuration that cannot become a container; nothing was written. */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;
  readonly problems: readonly ConfigProblem[];

  constructor(code: ConfigErrorCode, problems: readonly ConfigProblem[]) {
    const what = code === "invalid-container" ? "the container is not valid" : "the OCI configuration is not valid";
    const lines = problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    super(lines.length === 1 ? `${what}: ${lines[0]}` : [`${what}:`, ...lines.map((line) => `  ${line}`)].join("\n"));
    this.name = "ConfigError";
    this.code = code;
    this.problems = problems;
  }
}
