// `outputOf`: the path of an output, given the string that stands for its derivation. That derivation may itself be an
// output of another one (dynamic derivations); the path is a placeholder then.
import { expectPlainString, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import {
  type BuiltElement,
  type ContextElement,
  type ContextString,
  contextOf,
  textOf,
} from "../value/string-context.ts";
import type { Lazy } from "../value/value.ts";
import { outputString } from "./output-string.ts";
import { programFault } from "./program-fault.ts";

/** A store object, or an output of a derivation that need not be built. */
type DerivedPath = Extract<ContextElement, { kind: "opaque" | "built" }>;

export const outputOfBuiltin: BuiltinDefinition<Interpreter> = {
  name: "outputOf",
  parameters: ["derivation-reference", "output-name"],
  doc: "The path of an output of a derivation that a string refers to, or its placeholder.",
  feature: "dynamic-derivations",
  run: (interpreter, _pos: Pos, reference: Lazy, nameArg: Lazy) => {
    const drv = expectDerivedPath(interpreter, reference, "while evaluating the first argument to builtins.outputOf");
    const purpose = "while evaluating the second argument to builtins.outputOf";
    return derivedString(interpreter, outputOf(drv, expectPlainString(interpreter, nameArg, noPos, purpose)));
  },
};

function outputOf(drv: DerivedPath, output: string): BuiltElement {
  if (drv.kind === "opaque") return { kind: "built", drvPath: drv.path, output };
  return { kind: "built", drvPath: drv.drvPath, via: [...(drv.via ?? []), drv.output], output };
}

/** The string that stands for an output. Throws NixError for one that its derivation does not have. */
function derivedString(interpreter: Interpreter, element: BuiltElement): ContextString {
  const { drvPath, via, output } = element;
  return outputString(interpreter, element, via === undefined ? staticPath(interpreter, drvPath, output) : undefined);
}

/** The path of an output, where it is known before the build. */
function staticPath(interpreter: Interpreter, drvPath: StorePath, name: string): StorePath | undefined {
  const { store, hasNewMessages } = interpreter;
  const stat = programFault(() => store.files.stat(drvPath));
  if (stat?.type === "directory") {
    const message = hasNewMessages
      ? `'${drvPath}' is not a regular file`
      : `read of ${stat.size} bytes: Is a directory`;
    throw new NixError("file", message);
  }
  const output = programFault(() => store.readDerivation(drvPath)).outputs.get(name);
  if (output === undefined) throw new NixError("eval", `derivation '${drvPath}' does not have output '${name}'`);
  return output.path || undefined;
}

/** What a string refers to, which has to be one thing, and the one whose path or placeholder the string is. */
function expectDerivedPath(interpreter: Interpreter, reference: Lazy, purpose: string): DerivedPath {
  const string = expectString(interpreter, reference, noPos, purpose);
  const text = textOf(string);
  const { elements } = contextOf(string);
  const fault = (message: string): NixError => new NixError("eval", message).addTrace(purpose, noPos);
  const [element] = elements;
  if (element === undefined || elements.length !== 1) {
    const count = elements.length;
    throw fault(`string '${text}' has ${count} entries in its context. It should only have exactly one entry`);
  }
  switch (element.kind) {
    case "opaque":
      if (element.path === text) return element;
      throw fault(`path string '${text}' has context with the different path '${element.path}'`);
    case "drvDeep":
      throw fault(
        `string '${text}' has a context which refers to a complete source and binary closure. ` +
          "This is not supported at this time",
      );
    case "built": {
      const expected = textOf(derivedString(interpreter, element));
      if (expected === text) return element;
      const drv = [element.drvPath, ...(element.via ?? [])].join("^");
      throw fault(
        `string '${text}' has context with the output '${element.output}' from derivation '${drv}', ` +
          "but the string is not the right placeholder for this derivation output. " +
          `It should be '${expected}'`,
      );
    }
  }
}
