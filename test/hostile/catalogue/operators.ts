// Every operator between values of every type.
import { type HostileCase, plain } from "./hostile-case.ts";

const operators = ["+", "-", "*", "/", "++", "//", "==", "!=", "<", ">=", "&&", "||", "->"];
const few = ["null", "9223372036854775807", "1.5", '"a"', "./tree", "[ 1 ]", "{ a = 1; }", "(x: x)"];
const unaryOperands = [
  "null",
  "0",
  "9223372036854775807",
  "(-9223372036854775807 - 1)",
  "(-0.0)",
  "true",
  '"a"',
  "./tree",
  "[ ]",
  "{ }",
  "(x: x)",
];

export function* operatorCases(): Iterable<HostileCase> {
  for (const operator of operators) {
    for (const left of few) {
      for (const right of few) yield plain(`${left} ${operator} ${right}`);
    }
  }
  for (const operand of unaryOperands) {
    yield plain(`-${operand}`);
    yield plain(`!${operand}`);
    yield plain(`- -${operand}`);
    yield plain(`!(!${operand})`);
    yield plain(`${operand} ? a`);
    yield plain(`${operand}.a`);
    yield plain(`${operand}.a or 1`);
    yield plain(`${operand}.a.b or 1`);
    yield plain(`${operand} 1`);
    yield plain(`if ${operand} then 1 else 2`);
    yield plain(`assert ${operand}; 1`);
    yield plain(`with ${operand}; 1`);
    yield plain(`with ${operand}; a`);
    yield plain(`"\${${operand}}"`);
    yield plain(`./\${${operand}}`);
    yield plain(`{ \${${operand}} = 1; }`);
    yield plain(`{ a = 1; }.\${${operand}}`);
    yield plain(`{ a = 1; } ? \${${operand}}`);
    yield plain(`{ inherit (${operand}) a; }`);
    yield plain(`({ a ? 1 }: a) ${operand}`);
  }
}
