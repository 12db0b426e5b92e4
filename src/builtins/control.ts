// Errors, messages on standard error, and the order of evaluation.
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { expectString } from "../evaluator/expect.ts";
import { forceDeep } from "../evaluator/force-deep.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { reportWarning } from "../evaluator/warning.ts";
import { logText } from "../source/log-text.ts";
import { catchableKinds, NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { printValue } from "../value/print.ts";
import { ContextString, textOf } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";

const tryShape = Shape.intern(["success", "value"]);

export const controlBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "abort",
    parameters: ["s"],
    doc: "Ends the evaluation with a message, for good: tryEval does not catch it.",
    global: true,
    run: (interpreter, _pos, message: Lazy) => {
      const purpose = "while evaluating the error message passed to builtins.abort";
      const text = coerceToString(interpreter, message, noPos, new ContextCollector(), purpose);
      throw new NixError("abort", `evaluation aborted with the following error message: '${text}'`);
    },
  },
  {
    name: "throw",
    parameters: ["s"],
    doc: "Ends the evaluation with a message, unless tryEval catches it.",
    global: true,
    run: (interpreter, _pos, message: Lazy) => {
      const purpose = "while evaluating the error message passed to builtin.throw";
      throw new NixError("throw", coerceToString(interpreter, message, noPos, new ContextCollector(), purpose));
    },
  },
  {
    name: "tryEval",
    parameters: ["e"],
    doc: "Evaluates (not deeply) and gives `{ success; value; }`; false for both when it threw or an assertion failed.",
    run: (interpreter, _pos, lazy: Lazy) => {
      const depth = interpreter.callDepth;
      try {
        force(lazy);
        return new AttrSet(tryShape, [true, lazy]);
      } catch (error) {
        if (!(error instanceof NixError && catchableKinds.has(error.kind))) throw error;
        interpreter.callDepth = depth;
        return new AttrSet(tryShape, [false, false]);
      }
    },
  },
  {
    name: "addErrorContext",
    parameters: ["context", "value"],
    doc: "Gives the value. An error of evaluating it gets the context as a line of its trace.",
    untraced: true,
    run: (interpreter, _pos, context: Lazy, lazy: Lazy) => {
      const depth = interpreter.callDepth;
      try {
        return force(lazy);
      } catch (error) {
        if (!(error instanceof NixError)) throw error;
        interpreter.callDepth = depth;
        const purpose = "while evaluating the error message passed to builtins.addErrorContext";
        const text = coerceToString(interpreter, context, noPos, new ContextCollector(), purpose, {
          copyToStore: false,
        });
        throw error.addTrace(text, noPos, { always: true });
      }
    },
  },
  {
    name: "trace",
    parameters: ["e1", "e2"],
    doc: "Prints the first argument on standard error and gives the second.",
    run: (interpreter, _pos, message: Lazy, result: Lazy) => trace(interpreter, message, result),
  },
  {
    name: "traceVerbose",
    parameters: ["e1", "e2"],
    doc: "As trace when the setting trace-verbose is on, else just the second argument.",
    run: (interpreter, _pos, message: Lazy, result: Lazy) =>
      interpreter.settings.traceVerbose ? trace(interpreter, message, result) : force(result),
  },
  {
    name: "warn",
    parameters: ["e1", "e2"],
    doc: "Prints the first argument, a string, as a warning and gives the second.",
    run: (interpreter, _pos, message: Lazy, result: Lazy) => {
      const text = expectString(
        interpreter,
        message,
        noPos,
        "while evaluating the first argument; the message passed to builtins.warn",
      );
      const warning = { message: textOf(text), pos: noPos, trace: [], suggestions: [] };
      const isUnindented = interpreter.hasNewMessages && warning.message.startsWith("\n");
      reportWarning(interpreter, warning, { prefix: "evaluation warning", isUnindented });
      if (interpreter.settings.abortOnWarn) {
        throw new NixError("eval", "aborting to reveal stack trace of warning, as abort-on-warn is set");
      }
      return force(result);
    },
  },
  {
    name: "break",
    parameters: ["v"],
    doc: "Gives its argument. (C++ Nix opens a debugger here when asked to.)",
    untraced: "until 2.36",
    global: true,
    run: (_interpreter, _pos, value: Lazy) => force(value),
  },
  {
    name: "seq",
    parameters: ["e1", "e2"],
    doc: "Evaluates the first argument (not deeply) and gives the second.",
    run: (_interpreter, _pos, first: Lazy, second: Lazy) => {
      force(first);
      return force(second);
    },
  },
  {
    name: "deepSeq",
    parameters: ["e1", "e2"],
    doc: "Evaluates the first argument with everything in it and gives the second.",
    run: (interpreter, _pos, first: Lazy, second: Lazy) => {
      forceDeep(interpreter, first);
      return force(second);
    },
  },
];

function trace(interpreter: Interpreter, message: Lazy, result: Lazy): Value {
  const value = force(message);
  const text =
    typeof value === "string" || value instanceof ContextString
      ? textOf(value)
      : printValue(message, interpreter.positions);
  interpreter.host.writeError(`${logText(`trace: ${text}`, interpreter.host.color ?? false)}\n`);
  return force(result);
}
