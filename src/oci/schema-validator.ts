// The schema of `config.json` compiled to a function. Compiling costs 100 ms, so the build puts ready-made code in the
// place of this module (ajv's standalone form): nothing but `schemaErrors` may be exported here.
import type { ErrorObject, ValidateFunction } from "ajv-draft-04";
import ajvDraft04 from "ajv-draft-04";
import { configSchema } from "./config-schema.ts";

let compiled: ValidateFunction | undefined;

/** Every way in which a parsed `config.json` breaks the schema. */
export function schemaErrors(value: unknown): readonly ErrorObject[] {
  // That the schema itself is valid draft-04 is for a test to show, not for every build.
  compiled ??= new ajvDraft04.default({ allErrors: true, validateSchema: false }).compile(configSchema);
  return compiled(value) ? [] : (compiled.errors ?? []);
}
