// Numbers at and beyond their limits: literals, arithmetic, conversions and places where a builtin wants one.
import { type HostileCase, plain } from "./hostile-case.ts";

const min = "(-9223372036854775807 - 1)";
const max = "9223372036854775807";
const ints = ["0", "1", "(-1)", "2", "3037000500", "4611686018427387904", max, min];
const floats = [
  "0.0",
  "(-0.0)",
  "0.5",
  "1.5",
  "(-2.5)",
  "1.0e308",
  "5.0e-324",
  "(1.0e308 * 10)",
  "(-1.0e308 * 10)",
  "(1.0e308 * 10 - 1.0e308 * 10)",
];

const literals = [
  "0",
  "00",
  "007",
  "9223372036854775807",
  "9223372036854775808",
  "09223372036854775807",
  "99999999999999999999999",
  "-9223372036854775807",
  "-9223372036854775808",
  "- 9223372036854775808",
  "0.0",
  "00.5",
  "0.50",
  "1.",
  "1.e5",
  ".5",
  ".5e1",
  ".e1",
  "1.5.",
  "1.5.5",
  "1..5",
  "1.0e",
  "1.0e+",
  "1.0e5",
  "1.0E5",
  "1.0e+5",
  "1.0e-5",
  "1.0e1.5",
  "1e5",
  "1e",
  "0x10",
  "0b1",
  "0o7",
  "1_000",
  "1.0f",
  "1.0e308",
  "1.0e309",
  "1.0e-323",
  "1.0e-400",
  "1.0e999999999999999999999",
  "1.7976931348623157e308",
  "1.7976931348623159e308",
  "2.2250738585072011e-308",
  "4.9e-324",
  "2.4e-324",
  "123456.0",
  "1234567.0",
  "999999.5",
  "999999.4",
  "0.0001",
  "0.00001",
  "0.1",
  "0.30000000000000004",
  "100000.0",
  "1000000.0",
  "123456789012345680.0",
  "9007199254740993.0",
  "9223372036854775807.0",
  "9223372036854775808.0",
  "1.0000005",
  "1.0000004999",
  "2.5e-7",
  "-0.0",
  "-0",
  "1-1",
  "1 -1",
  "1- 1",
  "1-a",
  "a-1",
  "let a-1 = 5; in a-1",
  "1+1",
  "1/1",
  "1 /1",
  "1/ 1",
  "1/a",
  "1*1",
  "1.5-1",
  "1.-1",
  "2*-3",
  "2--3",
  "-2-3",
  "- - 3",
  "--3",
  "!-3",
  "-!true",
  "1.a",
  "1 .a",
  "1.5.a",
  "{ }.1",
  "[ 1-1 ]",
  "[ 1 -1 ]",
  "[ -1 ]",
  "[ 1.5 .5 ]",
  "[ 1. 5 ]",
  "[ 1.e ]",
];

const conversions = [
  "toString",
  "builtins.toJSON",
  "builtins.toXML",
  "builtins.floor",
  "builtins.ceil",
  "builtins.typeOf",
  "(x: [ x ])",
  "(x: 1 + { inherit x; })",
  '(x: throw "${toString [ x ]}")',
];
const binary = ["add", "sub", "mul", "div", "bitAnd", "bitOr", "bitXor", "lessThan"];

const places: readonly ((n: string) => string)[] = [
  (n) => `builtins.elemAt [ 1 2 3 ] ${n}`,
  (n) => `builtins.substring ${n} 2 "abc"`,
  (n) => `builtins.substring 1 ${n} "abc"`,
  (n) => `builtins.substring ${n} ${n} "abc"`,
  (n) => `builtins.genList (x: x) ${n}`,
  (n) => `builtins.sort builtins.lessThan [ ${n} 0 1.5 (-1) ]`,
  (n) => `builtins.elem ${n} [ 0 1.0 (-1.0) ]`,
  (n) =>
    `[ (${n} == 0) (${n} < 0) (${n} <= 0) (${n} > 0.5) (${n} == 9223372036854775807) (9223372036854775807 < ${n}) ]`,
  (n) => `builtins.genericClosure { startSet = [ { key = ${n}; } { key = 0; } { key = 0.0; } ]; operator = x: [ ]; }`,
  (n) => `builtins.fromJSON (builtins.toJSON ${n})`,
  (n) => `fromTOML "a = \${builtins.toJSON ${n}}"`,
  (n) => `(derivation { name = "d"; system = "s"; builder = "b"; a = ${n}; }).drvPath`,
  (n) => `(derivation { name = "d"; system = "s"; builder = "b"; __structuredAttrs = true; a = ${n}; }).drvPath`,
  (n) => `builtins.concatStringsSep "," (map toString [ ${n} ])`,
  (n) => `-${n}`,
  (n) => `${n} ? a`,
];

const jsonNumbers = [
  "0",
  "-0",
  "-0.0",
  "00",
  "+1",
  "1.",
  ".1",
  "1e",
  "1e5",
  "1E+5",
  "1e-5",
  "1e400",
  "-1e400",
  "1e-400",
  "9223372036854775807",
  "9223372036854775808",
  "18446744073709551615",
  "18446744073709551616",
  "-9223372036854775808",
  "-9223372036854775809",
  "123456789012345678901234567890",
  "1.7976931348623157e308",
  "0.1",
  "1.0",
  "NaN",
  "Infinity",
  "-Infinity",
  "nan",
  "0x10",
  "1_000",
  "--1",
  "1 2",
  "0.30000000000000004",
  "5e-324",
  "2.4e-324",
];
const tomlNumbers = [
  ...jsonNumbers,
  "inf",
  "+inf",
  "-inf",
  "+nan",
  "1__0",
  "_1",
  "1_",
  "0b101",
  "0o17",
  "0xdead_beef",
  "0xFFFFFFFFFFFFFFFF",
  "0b2",
  "0o8",
  "+0",
  "1e1_0",
  "1._0",
  "1.0_",
  "1e+_1",
  "1979-05-27",
  "07:32:00",
  "01",
  "-01",
  "1.e5",
];

export function* numberCases(): Iterable<HostileCase> {
  for (const text of literals) yield plain(text);
  for (const operator of binary) {
    for (const left of [...ints, "1.5"]) {
      for (const right of [...ints, "(-0.0)"]) yield plain(`builtins.${operator} ${left} ${right}`);
    }
  }
  for (const operator of ["add", "sub", "mul", "div", "lessThan"]) {
    for (const left of floats) {
      for (const right of floats) yield plain(`builtins.${operator} ${left} ${right}`);
    }
  }
  for (const number of [
    ...ints,
    ...floats,
    "9007199254740993",
    "9223372036854775808.0",
    "(-9223372036854775808.0)",
    "1.0e18",
    "1.0e-7",
    "123456789.123456789",
  ]) {
    for (const conversion of conversions) yield plain(`${conversion} ${number}`);
  }
  for (const place of places) {
    for (const number of [
      min,
      "(-2)",
      "3",
      "4294967296",
      max,
      "1.5",
      "(-0.0)",
      "(1.0e308 * 10)",
      "(1.0e308 * 10 - 1.0e308 * 10)",
    ]) {
      // A list of that many items does not fit into any memory.
      if (place("N").includes("genList") && /^(?:4294967296)$/.test(number)) continue;
      yield plain(place(number));
    }
  }
  for (const number of jsonNumbers) yield plain(`builtins.fromJSON "${number}"`);
  for (const number of tomlNumbers) yield plain(`fromTOML "a = ${number}"`);
}
