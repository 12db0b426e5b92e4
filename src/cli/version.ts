// The version, so that `--version` need not read package.json; test/architecture.test.ts keeps the two equal.

export const version = "0.1.0";
