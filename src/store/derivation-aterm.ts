// The text of `.drv` files: one ATerm, `Derive([outputs],[inputDrvs],[inputSrcs],"system","builder",[args],[env])`, or
// with dynamic inputs `DrvWithVersion("xp-dyn-drv",[outputs],…)`. Printing has exactly one form per derivation; reading
// accepts that form only.
import type { Derivation, DerivationOutput, DynamicInput, DynamicInputs } from "./derivation.ts";
import type { IngestionMethod, StorePath } from "./eval-store.ts";
import { formatHash, type Hash, parseBareHash, parseHashAlgorithm } from "./hash.ts";
import { StoreError } from "./store-error.ts";
import { makeContentAddressedPath, nameOfOutput, parseCanonicalStorePath } from "./store-path.ts";

/** The text of a derivation (a byte string). */
export function printDerivation(derivation: Derivation): string {
  const { inputDrvs, dynamicInputs } = derivation;
  return new DerivationPrinter(derivation).print(printInputs(inputDrvs, dynamicInputs));
}

/**
 * Prints one derivation several times, with other inputs, paths of outputs and values of the outputs' variables each
 * time, as its path, and what it is identified by, need it. Everything else is printed once.
 */
export class DerivationPrinter {
  private readonly start: string;
  private readonly outputNames: string[] = [];
  private readonly outputs: DerivationOutput[] = [];
  /** What is joined to the text; the first one, and the values of outputs' variables, are others each time. */
  private readonly pieces: string[];
  /** Where these values are, of which variables they are, and their values in the derivation. */
  private readonly places: number[] = [];
  private readonly variables: string[] = [];
  private readonly values: string[] = [];

  constructor({ inputSrcs, dynamicInputs, system, builder, args, env, outputs }: Derivation) {
    this.start = dynamicInputs === undefined || dynamicInputs.size === 0 ? "Derive([" : `${dynamicStart}[`;
    outputs.forEach((output, name) => {
      this.outputNames.push(name);
      this.outputs.push(output);
    });
    const printedArgs = args.length === 0 ? "" : args.map(printString).join(",");
    const pieces = new Array<string>(3 + 2 * env.size);
    pieces[1] = `],${printPlainList(inputSrcs)},"${system}",${printString(builder)},[${printedArgs}],[`;
    let next = 2;
    env.forEach((value, name) => {
      pieces[next] = next === 2 ? startOfVariable(name).slice(endOfVariable.length) : startOfVariable(name);
      if (outputs.has(name)) {
        this.places.push(next + 1);
        this.variables.push(name);
        this.values.push(escapeText(value));
      } else pieces[next + 1] = escapeText(value);
      next += 2;
    });
    pieces[next] = next === 2 ? "])" : '")])';
    this.pieces = pieces;
  }

  /** `inputs` is printed already; `paths` are those of outputs where they are not in the derivation. */
  print(inputs: string, paths?: ReadonlyMap<string, string>): string {
    const { outputNames, outputs, places, variables, values, pieces } = this;
    let text = this.start;
    for (let i = 0; i < outputs.length; i++) {
      const name = outputNames[i] as string;
      const { path, hashAlgo, hash } = outputs[i] as DerivationOutput;
      text += `${i > 0 ? "," : ""}("${name}","${paths?.get(name) ?? path}","${hashAlgo}","${hash}")`;
    }
    pieces[0] = `${text}],[${inputs}`;
    for (let i = 0; i < places.length; i++) {
      const path = paths?.get(variables[i] as string);
      pieces[places[i] as number] = path === undefined ? (values[i] as string) : escapeText(path);
    }
    return pieces.join("");
  }

  /** The same without the paths of the outputs, and without anything else that is known of them. */
  printWithoutOutputs(inputs: string): string {
    const { outputNames, places, pieces } = this;
    let text = this.start;
    for (let i = 0; i < outputNames.length; i++) text += `${i > 0 ? "," : ""}("${outputNames[i]}","","","")`;
    pieces[0] = `${text}],[${inputs}`;
    for (let i = 0; i < places.length; i++) pieces[places[i] as number] = "";
    return pieces.join("");
  }
}

const endOfVariable = '"),';
/** Derivations have most names of variables in common. */
const startsOfVariables = new Map<string, string>();
const mostStarts = 1000;

/** What comes before the value of a variable, with the end of the one before it. */
function startOfVariable(name: string): string {
  let start = startsOfVariables.get(name);
  if (start === undefined) {
    start = `${endOfVariable}("${escapeText(name)}","`;
    if (startsOfVariables.size < mostStarts) startsOfVariables.set(name, start);
  }
  return start;
}

const noInputs: DynamicInputs = new Map();
const dynamicStart = 'DrvWithVersion("xp-dyn-drv",';

/** The second list of a derivation, without its brackets. `inputDrvs` is sorted. */
export function printInputs(
  inputDrvs: ReadonlyMap<string, readonly string[]>,
  dynamicInputs: ReadonlyMap<string, DynamicInputs> = noDynamicInputs,
): string {
  let text = "";
  inputDrvs.forEach((names, drvPath) => {
    text += `${text === "" ? "" : ","}${printInput(drvPath, names, dynamicInputs.get(drvPath))}`;
  });
  return text;
}

/** One member of it. */
export function printInput(drvPath: string, names: readonly string[], dynamic?: DynamicInputs): string {
  return `("${drvPath}",${printWanted(names, dynamic)})`;
}

const noDynamicInputs: ReadonlyMap<string, DynamicInputs> = new Map();

function printWanted(names: readonly string[], dynamic: DynamicInputs = noInputs): string {
  if (dynamic.size === 0) return printPlainList(names);
  const inner = [...dynamic].map(([name, input]) => `("${name}",${printWanted(input.outputs, input.dynamic)})`);
  return `(${printPlainList(names)},[${inner.join(",")}])`;
}

function printPlainList(texts: readonly string[]): string {
  return texts.length === 0 ? "[]" : `["${texts.join('","')}"]`;
}

const special = /["\\\n\r\t]/;
const specials = /["\\\n\r\t]/g;
const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function printString(text: string): string {
  return `"${escapeText(text)}"`;
}

function escapeText(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => escapes[character]!) : text;
}

/**
 * Reads a derivation; `name` is that of its store path without `.drv`. Fixed outputs are checked against their
 * paths. Throws StoreError `bad-derivation`.
 */
export function parseDerivation(text: string, name: string): Derivation {
  return new DerivationParser(text).derivation(name);
}

class DerivationParser {
  private readonly text: string;
  private at = 0;
  private hasDynamicInputs = false;

  constructor(text: string) {
    this.text = text;
  }

  derivation(name: string): Derivation {
    this.start();
    const outputs = this.pairs(() => this.output(name));
    this.expect(",");
    const inputs = this.pairs(() => this.inputDrv());
    const inputDrvs = new Map([...inputs].map(([drvPath, { outputs }]) => [drvPath, outputs]));
    const dynamicInputs = new Map(
      [...inputs].flatMap(([drvPath, { dynamic }]) => (dynamic.size > 0 ? [[drvPath, dynamic] as const] : [])),
    );
    this.expect(",");
    const inputSrcs = sorted(this.list(() => this.storePath()));
    this.expect(",");
    const system = this.string();
    this.expect(",");
    const builder = this.string();
    this.expect(",");
    const args = this.list(() => this.string());
    this.expect(",");
    const env = this.pairs(() => this.variable());
    this.expect(")");
    if (this.at < this.text.length) throw badDerivation("there is something after the end of the derivation");
    const dynamic = dynamicInputs.size > 0 && { dynamicInputs };
    return { name, outputs, inputDrvs, ...dynamic, inputSrcs, system, builder, args, env };
  }

  private start(): void {
    if (this.accept("Derive(")) return;
    this.expect("D");
    const next = this.text[this.at];
    if (next === "e") this.expect("erive(");
    if (next !== "r") throw badDerivation("derivation does not start with 'Derive' or 'DrvWithVersion'");
    this.expect("rvWithVersion(");
    const version = this.string();
    if (version !== "xp-dyn-drv") throw badDerivation(`Unknown derivation ATerm format version '${version}'`);
    this.hasDynamicInputs = true;
    this.expect(",");
  }

  private output(derivationName: string): [string, DerivationOutput] {
    this.expect("(");
    const name = this.string();
    this.expect(",");
    const path = this.string();
    this.expect(",");
    const hashAlgo = this.string();
    this.expect(",");
    const hash = this.string();
    this.expect(")");
    return [name, checkedOutput(derivationName, name, { path, hashAlgo, hash })];
  }

  private inputDrv(): [StorePath, DynamicInput] {
    this.expect("(");
    const drvPath = this.storePath();
    this.expect(",");
    const input = this.input();
    this.expect(")");
    if (input.outputs.length === 0 && input.dynamic.size === 0) {
      throw badDerivation(`inputDrvs entry for '${drvPath}' specifies no outputs`);
    }
    return [drvPath, input];
  }

  private input(): DynamicInput {
    if (!this.hasDynamicInputs || !this.accept("(")) return { outputs: this.names(), dynamic: noInputs };
    const outputs = this.names();
    this.expect(",");
    const dynamic = this.pairs((): [string, DynamicInput] => {
      this.expect("(");
      const name = this.string();
      this.expect(",");
      const input = this.input();
      this.expect(")");
      return [name, input];
    });
    this.expect(")");
    return { outputs, dynamic };
  }

  private names(): readonly string[] {
    return sorted(this.list(() => this.string()));
  }

  private variable(): [string, string] {
    this.expect("(");
    const name = this.string();
    this.expect(",");
    const value = this.string();
    this.expect(")");
    return [name, value];
  }

  private storePath(): StorePath {
    return asBadDerivation(() => parseCanonicalStorePath(this.string()));
  }

  private pairs<Value>(item: () => [string, Value]): ReadonlyMap<string, Value> {
    const pairs = this.list(item);
    if (pairs.some((pair, i) => i > 0 && pair[0] <= pairs[i - 1]![0])) {
      pairs.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    }
    return new Map(pairs);
  }

  private list<Item>(item: () => Item): Item[] {
    const items: Item[] = [];
    this.expect("[");
    if (this.accept("]")) return items;
    do items.push(item());
    while (this.accept(","));
    this.expect("]");
    return items;
  }

  private string(): string {
    this.expect('"');
    const { text } = this;
    const start = this.at;
    let end = text.indexOf('"', start);
    while (end >= 0 && isEscaped(text, start, end)) end = text.indexOf('"', end + 1);
    if (end < 0) throw badDerivation("unterminated string in derivation");
    this.at = end + 1;
    const raw = text.slice(start, end);
    return raw.includes("\\") ? raw.replace(escaped, unescaped) : raw;
  }

  private accept(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  private expect(expected: string): void {
    if (!this.accept(expected)) throw badDerivation(`expected string '${expected}'`);
  }
}

/** Whether an odd number of backslashes stands before this place. */
function isEscaped(text: string, start: number, place: number): boolean {
  let first = place;
  while (first > start && text[first - 1] === "\\") first--;
  return (place - first) % 2 === 1;
}

const escaped = /\\(.)/gs;

function unescaped(_: string, character: string): string {
  switch (character) {
    case "n":
      return "\n";
    case "r":
      return "\r";
    case "t":
      return "\t";
    default:
      return character;
  }
}

function sorted(texts: string[]): readonly string[] {
  return texts.some((text, i) => i > 0 && text <= texts[i - 1]!) ? [...new Set(texts)].sort() : texts;
}

function badDerivation(problem: string): StoreError {
  return new StoreError("bad-derivation", problem);
}

function asBadDerivation<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError && error.code !== "unsupported") throw badDerivation(error.message);
    throw error;
  }
}

function checkedOutput(derivationName: string, name: string, output: DerivationOutput): DerivationOutput {
  const { path, hashAlgo, hash } = output;
  if (hashAlgo === "") {
    if (path !== "") asBadDerivation(() => parseCanonicalStorePath(path));
    return output;
  }
  const content = asBadDerivation(() => contentAddressOfOutput(output));
  if (content === undefined) {
    if (path !== "") {
      const kind = hash === "impure" ? "impure" : "content-addressing";
      throw badDerivation(`${kind} derivation output should not specify output path`);
    }
    return output;
  }
  const expected = makeContentAddressedPath(nameOfOutput(derivationName, name), content.method, content.hash);
  if (path !== expected) {
    throw badDerivation(`derivation output '${name}' has path '${path}', which does not match its content address`);
  }
  return { path, hashAlgo, hash: formatHash(content.hash, "base16") };
}

/** How a fixed output is hashed and to what; undefined for all other outputs. Throws StoreError for a bad hash. */
export function contentAddressOfOutput({
  hashAlgo,
  hash,
}: DerivationOutput): { readonly method: IngestionMethod; readonly hash: Hash } | undefined {
  if (hashAlgo === "") return undefined;
  const [method, algorithmName] = splitMethod(hashAlgo);
  const algorithm = parseHashAlgorithm(algorithmName);
  return hash === "" || hash === "impure" ? undefined : { method, hash: parseBareHash(hash, algorithm) };
}

function splitMethod(hashAlgo: string): [IngestionMethod, string] {
  if (hashAlgo.startsWith("r:")) return ["nar", hashAlgo.slice(2)];
  if (hashAlgo.startsWith("text:")) return ["text", hashAlgo.slice(5)];
  if (hashAlgo.startsWith("git:")) return ["git", hashAlgo.slice(4)];
  return ["flat", hashAlgo];
}
