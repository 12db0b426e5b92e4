// What the setting `allow-unsafe-native-code-during-evaluation` adds: running programs, and loading libraries, which
// only C++ Nix can.
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import type { ConstantDefinition } from "../evaluator/evaluator.ts";
import { addFrame, expectList, expectPlainString } from "../evaluator/expect.ts";
import { maybeStat } from "../evaluator/file-access.ts";
import { evaluateText } from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { InvalidPathError, realiseContext, realisePath } from "../evaluator/realise.ts";
import { FileError } from "../host/host.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { Builtin } from "../value/function.ts";
import type { Lazy, Value } from "../value/value.ts";

export const nativeConstants: readonly ConstantDefinition[] = [
  {
    name: "exec",
    value: (interpreter) =>
      gated(interpreter, "exec", 1, "Runs a program and evaluates what it prints.", (_pos, list) =>
        exec(interpreter, list as Lazy),
      ),
  },
  {
    name: "importNative",
    value: (interpreter) =>
      gated(
        interpreter,
        "importNative",
        2,
        "Loads a value from a shared library; C++ Nix only.",
        (_pos, library, symbol) => {
          const file = realisePath(interpreter, library as Lazy);
          const { path } = file;
          const purpose = "while evaluating the second argument passed to builtins.importNative";
          expectPlainString(interpreter, symbol as Lazy, noPos, purpose);
          if (maybeStat(interpreter, file) !== undefined) {
            throw new NixError("unsupported", `cannot load '${path}': ocinix has no native plugins`);
          }
          const reason = "cannot open shared object file: No such file or directory";
          throw new NixError("eval", `could not open '${path}': ${path}: ${reason}`);
        },
      ),
  },
];

function gated(
  { settings }: Interpreter,
  name: string,
  arity: number,
  doc: string,
  run: (pos: Pos, ...args: Lazy[]) => Value,
): Builtin | undefined {
  return settings.allowUnsafeNativeCode ? new Builtin(name, arity, false, doc, run) : undefined;
}

function exec(interpreter: Interpreter, argument: Lazy): Value {
  const list = expectList(interpreter, argument, noPos, "while evaluating the first argument passed to builtins.exec");
  const collector = new ContextCollector();
  const [program, ...args] = list.map((item, index) => {
    const which = index === 0 ? "the first element" : "an element";
    const purpose = `while evaluating ${which} of the argument passed to builtins.exec`;
    return coerceToString(interpreter, item, noPos, collector, purpose, { copyToStore: false });
  });
  if (program === undefined) throw new NixError("eval", "at least one argument to 'exec' required");
  try {
    realiseContext(interpreter, collector.context);
  } catch (error) {
    if (!(error instanceof InvalidPathError)) throw error;
    throw new NixError("eval", `cannot execute '${program}', since store path '${error.baseName}' is not valid`);
  }
  const text = outputOf(interpreter, program, args);
  try {
    return evaluateText(interpreter, text, { origin: { kind: "string" }, baseDir: "/" });
  } catch (error) {
    const stage = error instanceof NixError && error.kind === "syntax" ? "parsing" : "evaluating";
    throw addFrame(error, `while ${stage} the output from '${program}'`, noPos);
  }
}

function outputOf(interpreter: Interpreter, program: string, args: readonly string[]): string {
  try {
    const { status, signal, stdout, stderr } = interpreter.host.run(program, args);
    interpreter.host.writeError(bytesFromBuffer(stderr));
    if (status === 0) return bytesFromBuffer(stdout);
    const how = signal === null ? `failed with exit code ${status}` : `failed due to signal ${signal}`;
    throw new NixError("eval", `program "${program}" ${how}`);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new NixError("eval", `executing "${program}": ${error.reason}`);
  }
}
