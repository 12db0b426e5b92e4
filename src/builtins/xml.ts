// XML in programs.
import { ContextCollector } from "../evaluator/coerce.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { toXml } from "../evaluator/xml.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { stringWithContext } from "../value/string-context.ts";
import type { Lazy } from "../value/value.ts";

export const xmlBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "toXML",
    parameters: ["e"],
    doc: "The value as an XML text, evaluated to the bottom, without source positions.",
    run: (interpreter, _pos, e: Lazy) => {
      const collector = new ContextCollector();
      const xml = toXml(interpreter, e, { strict: true, location: false }, collector);
      return stringWithContext(xml, collector.context);
    },
  },
];
