// `derivationStrict`: an attribute set becomes a derivation in the store. The attributes are read one after the other in
// order of their names, which is the order of errors and warnings; what they depend on becomes the inputs.
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import type { ConstantDefinition } from "../evaluator/evaluator.ts";
import {
  addFrame,
  expectAttr,
  expectAttrs,
  expectBool,
  expectList,
  expectPlainString,
  expectString,
} from "../evaluator/expect.ts";
import { fileFault } from "../evaluator/file-access.ts";
import { evaluateInternal } from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { reportWarning, writeWarning } from "../evaluator/warning.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, showPlace } from "../source/position.ts";
import { sortedUnique, sortInPlace } from "../store/byte-order.ts";
import type { Derivation, DerivationOutput, DynamicInput } from "../store/derivation.ts";
import type { EvalStore, IngestionMethod, StorePath } from "../store/eval-store.ts";
import { formatHash, type HashAlgorithm, isHashAlgorithm } from "../store/hash.ts";
import { StoreError } from "../store/store-error.ts";
import { checkName, hashPlaceholder, prefixOfMethod } from "../store/store-path.ts";
import { parseDrv } from "../store/virtual-store.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { printAttrName } from "../value/print.ts";
import {
  type BuiltElement,
  type ContextElement,
  compareBuilt,
  contextOf,
  type StringContext,
  textOf,
} from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, NixList, Value } from "../value/value.ts";
import { derivationJsonMember, normalDerivationJson } from "./derivation-json.ts";
import { checkDerivationOptions } from "./derivation-options.ts";
import { derivationFile, derivationSource } from "./derivation-source.ts";
import { algorithmNamed } from "./hashes.ts";
import { outputOfBuiltin } from "./output-of.ts";
import { drvPathString, outputString } from "./output-string.ts";
import { parseHashOrEmpty } from "./store-objects.ts";

export const derivationBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "derivationStrict",
    parameters: ["attrs"],
    doc: "Makes a derivation and gives the set of its `drvPath` and its outputs' paths; `derivation` is the lazy form.",
    global: true,
    run: derivationStrict,
  },
  outputOfBuiltin,
];

export const derivationConstants: readonly ConstantDefinition[] = [
  {
    name: "derivation",
    global: true,
    value: (interpreter) =>
      Thunk.of(() => evaluateInternal(interpreter, derivationFile, derivationSource(interpreter)), undefined),
  },
];

function derivationStrict(interpreter: Interpreter, _pos: Pos, argument: Lazy): Value {
  const purpose = "while evaluating the argument passed to builtins.derivationStrict";
  const attrs = expectAttrs(interpreter, argument, noPos, purpose);
  const nameArg = expectAttr(attrs, "name", "in the attrset passed as argument to builtins.derivationStrict");
  const namePos = attrs.positionOf("name");
  const name = expectName(interpreter, nameArg, namePos);
  try {
    return new DerivationMaker(interpreter, name).make(attrs);
  } catch (error) {
    const fault = fileFault(error, interpreter);
    if (!(fault instanceof NixError)) throw fault;
    const place = showPlace(interpreter.positions, namePos);
    const message = `while evaluating derivation '${name}'\n  whose name attribute is located at ${place}`;
    throw fault.addTrace(message, noPos, { always: interpreter.hasNewMessages });
  }
}

function expectName(interpreter: Interpreter, nameArg: Lazy, pos: Pos): string {
  try {
    const purpose = "while evaluating the `name` attribute passed to builtins.derivationStrict";
    return expectPlainString(interpreter, nameArg, noPos, purpose);
  } catch (error) {
    throw addFrame(error, "while evaluating the derivation attribute 'name'", pos);
  }
}

const outputChecks: ReadonlySet<string> = new Set([
  "allowedReferences",
  "allowedRequisites",
  "disallowedReferences",
  "disallowedRequisites",
  "maxSize",
  "maxClosureSize",
]);

const onlyOut: readonly string[] = ["out"];
const noOutput: DerivationOutput = { path: "", hashAlgo: "", hash: "" };
const elementPurpose = "while evaluating an element of the argument list";
const coerceMore = { coerceMore: true } as const;

/** One derivation while its attributes are read. */
class DerivationMaker {
  private readonly interpreter: Interpreter;
  private readonly name: string;
  private readonly collector = new ContextCollector();
  /** In order. */
  private readonly variables: string[] = [];
  private readonly texts: string[] = [];
  private args: readonly string[] = [];
  private builder = "";
  private system = "";
  private outputNames = onlyOut;
  private outputHash: string | undefined;
  private hashAlgorithm: HashAlgorithm | undefined;
  private method: IngestionMethod | undefined;
  private isContentAddressed = false;
  private isImpure = false;
  private isInputAddressed = false;
  /** Where the attribute that is being read was defined. */
  private attributePos = noPos;

  constructor(interpreter: Interpreter, name: string) {
    this.interpreter = interpreter;
    this.name = name;
  }

  make(attrs: AttrSet): Value {
    checkDerivationName(this.name);
    const isStructured = this.flag(attrs, "__structuredAttrs");
    const ignoreNulls = this.flag(attrs, "__ignoreNulls");
    // The members of `__json`, as text.
    const members: string[] = [];
    const { names, values } = attrs;
    for (let i = 0; i < names.length; i++) {
      const key = names[i] as string;
      if (key === "__ignoreNulls") continue;
      this.attributePos = attrs.positionAt(i);
      try {
        const value = values[i] as Lazy;
        if (ignoreNulls && force(value) === null) continue;
        if (this.takeSpecial(key, value)) continue;
        if (!isStructured) this.takeVariable(key, value);
        else if (key !== "__structuredAttrs") members.push(this.takeStructured(key, value));
      } catch (error) {
        throw addFrame(
          fileFault(error, this.interpreter),
          `while evaluating attribute '${printAttrName(key)}' of derivation '${this.name}'`,
          this.attributePos,
        );
      }
    }
    if (isStructured) this.setVariable("__json", `{${members.join(",")}}`);
    return this.finish();
  }

  private flag(attrs: AttrSet, name: string): boolean {
    const value = attrs.get(name);
    const purpose = `while evaluating the \`${name}\` attribute passed to builtins.derivationStrict`;
    return value !== undefined && expectBool(this.interpreter, value, noPos, purpose);
  }

  /** The attributes that never reach the builder. */
  private takeSpecial(key: string, value: Lazy): boolean {
    const { interpreter } = this;
    switch (key) {
      case "__contentAddressed":
        this.isContentAddressed = expectBool(interpreter, value, noPos, "");
        if (this.isContentAddressed) interpreter.requireFeature("ca-derivations");
        return true;
      case "__impure":
        this.isImpure = expectBool(interpreter, value, noPos, "");
        if (this.isImpure) interpreter.requireFeature("impure-derivations");
        return true;
      case "args":
        this.takeArgs(expectList(interpreter, value, noPos, ""));
        return true;
      default:
        return false;
    }
  }

  private takeArgs(list: NixList): void {
    const args = new Array<string>(list.length);
    for (let i = 0; i < args.length; i++) {
      args[i] = coerceToString(this.interpreter, list[i] as Lazy, noPos, this.collector, elementPurpose, coerceMore);
    }
    this.args = args;
  }

  private setVariable(name: string, text: string): void {
    const { variables, texts } = this;
    let i = variables.length;
    while (i > 0 && (variables[i - 1] as string) > name) i--;
    if (i > 0 && variables[i - 1] === name) texts[i - 1] = text;
    else if (i === variables.length) {
      variables.push(name);
      texts.push(text);
    } else {
      variables.splice(i, 0, name);
      texts.splice(i, 0, text);
    }
  }

  private env(): ReadonlyMap<string, string> {
    const env = new Map<string, string>();
    for (let i = 0; i < this.variables.length; i++) env.set(this.variables[i] as string, this.texts[i] as string);
    return env;
  }

  private takeVariable(key: string, value: Lazy): void {
    const text = coerceToString(this.interpreter, value, noPos, this.collector, "", coerceMore);
    switch (key) {
      case "__json":
        this.warn(
          `In derivation '${this.name}': `,
          "setting structured attributes via '__json' is deprecated, and may be disallowed in future versions of Nix. " +
            "Set '__structuredAttrs = true' instead.",
        );
        this.setVariable(key, normalDerivationJson(text));
        return;
      case "builder":
        this.builder = text;
        break;
      case "system":
        this.system = text;
        break;
      case "outputHash":
        this.outputHash = text;
        break;
      case "outputHashAlgo":
        this.hashAlgorithm = knownAlgorithm(this.interpreter, text);
        break;
      case "outputHashMode":
        this.takeHashMode(text);
        break;
      case "outputs":
        this.takeOutputs(text.split(/[ \t\n\r]+/).filter((name) => name !== ""));
        break;
      default:
        break;
    }
    this.setVariable(key, text);
  }

  /** Gives the member of `__json`. */
  private takeStructured(key: string, value: Lazy): string {
    const { interpreter, collector } = this;
    const plain = (): string => expectPlainString(interpreter, value, noPos, "");
    const member = derivationJsonMember(interpreter, key, value, collector);
    switch (key) {
      case "builder": {
        const builder = expectString(interpreter, value, noPos, "");
        collector.add(contextOf(builder));
        this.builder = textOf(builder);
        break;
      }
      case "system":
        this.system = plain();
        break;
      case "outputHash":
        this.outputHash = plain();
        break;
      case "outputHashAlgo":
        this.hashAlgorithm = knownAlgorithm(interpreter, plain());
        break;
      case "outputHashMode":
        this.takeHashMode(plain());
        break;
      case "outputs":
        this.takeOutputs(
          expectList(interpreter, value, noPos, "").map((item) => expectPlainString(interpreter, item, noPos, "")),
        );
        break;
      default:
        if (outputChecks.has(key)) {
          this.warn(
            `In a derivation named '${this.name}', `,
            `'structuredAttrs' disables the effect of the derivation attribute '${key}'; ` +
              `use 'outputChecks.<output>.${key}' instead`,
          );
        }
    }
    return member;
  }

  /** A warning about the attribute that is being read. `oldStart` is how C++ Nix 2.34 says of which derivation it is. */
  private warn(oldStart: string, message: string): void {
    if (!this.interpreter.hasNewMessages) {
      writeWarning(this.interpreter, oldStart + message);
      return;
    }
    const trace = [{ message: `while evaluating derivation '${this.name}'`, pos: noPos }];
    const warning = { message, pos: this.attributePos, trace, suggestions: [] };
    reportWarning(this.interpreter, warning, { prefix: "warning" });
  }

  private takeHashMode(mode: string): void {
    switch (mode) {
      case "recursive":
      case "nar":
        this.method = "nar";
        return;
      case "flat":
        this.method = "flat";
        return;
      case "text":
        this.method = "text";
        this.requireTextHashing();
        return;
      case "git":
        this.method = "git";
        this.interpreter.requireFeature("git-hashing");
        return;
      default:
        throw new NixError("eval", `invalid value '${mode}' for 'outputHashMode' attribute`);
    }
  }

  private requireTextHashing(): void {
    const feature = "dynamic-derivations";
    if (this.interpreter.settings.experimentalFeatures.has(feature)) return;
    throw new NixError(
      "missingFeature",
      `experimental Nix feature '${feature}' is disabled (text-hashed derivation '${this.name}', ` +
        `outputHashMode = "text"); add '--extra-experimental-features ${feature}' to enable it`,
    );
  }

  private takeOutputs(names: readonly string[]): void {
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name)) throw new NixError("eval", `duplicate derivation output '${name}'`);
      if (name === "drvPath") throw new NixError("eval", "invalid derivation output name 'drvPath'");
      seen.add(name);
    }
    if (seen.size === 0) throw new NixError("eval", "derivation cannot have an empty set of outputs");
    this.outputNames = seen.size === 1 && seen.has("out") ? onlyOut : sortedUnique(seen);
  }

  private finish(): Value {
    const { interpreter, name, builder, system, args } = this;
    const { store } = interpreter;
    const inputs = inputsOf(store, this.collector.contexts);
    this.checkRequired();
    const outputs = this.outputs();
    const env = this.env();
    if (this.isInputAddressed && interpreter.hasNewMessages) checkDerivationOptions(interpreter, env);
    const derivation: Derivation = { name, outputs, ...inputs, system, builder, args, env };
    const { drvPath, paths } = store.instantiate(derivation);
    // The system is written without escapes, and where a derivation is written, it is read again.
    if (!interpreter.isReadOnly && /["\\]/.test(system)) this.checkWritten(derivation, drvPath, paths);
    return resultSet(interpreter, this.outputNames, drvPath, paths);
  }

  private checkWritten(derivation: Derivation, drvPath: StorePath, paths: ReadonlyMap<string, StorePath>): void {
    const { store } = this.interpreter;
    const { system } = parseDrv(Buffer.from(store.files.readFile(drvPath)).toString("latin1"), drvPath);
    for (const [output, path] of store.outputPaths({ ...derivation, system })) {
      const written = paths.get(output);
      if (written === path) continue;
      const message = `derivation has incorrect output '${written}', should be '${path}'`;
      throw new NixError("store", message).addTrace(`while checking derivation '${drvPath}'`, noPos);
    }
  }

  private checkRequired(): void {
    if (this.builder === "") throw new NixError("eval", "required attribute 'builder' missing");
    if (this.system === "") throw new NixError("eval", "required attribute 'system' missing");
    if (!this.name.endsWith(".drv")) return;
    if (this.method === "text" && this.outputNames.length === 1 && this.outputNames[0] === "out") return;
    throw new NixError(
      "eval",
      "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
    );
  }

  /** The outputs before their paths are known; their variables get a first value. */
  private outputs(): ReadonlyMap<string, DerivationOutput> {
    const { outputNames, outputHash, hashAlgorithm, isContentAddressed, isImpure, method } = this;
    if (outputHash !== undefined) {
      if (outputNames.length !== 1 || outputNames[0] !== "out") {
        throw new NixError("eval", "multiple outputs are not supported in fixed-output derivations");
      }
      const hash = parseHashOrEmpty(this.interpreter, outputHash, hashAlgorithm);
      this.setVariable("out", "");
      const hashAlgo = prefixOfMethod(method ?? "flat") + hash.algorithm;
      return new Map([["out", { path: "", hashAlgo, hash: formatHash(hash, "base16") }]]);
    }
    if (!isContentAddressed && !isImpure) {
      for (const name of outputNames) this.setVariable(name, "");
      this.isInputAddressed = true;
      const outputs = new Map<string, DerivationOutput>();
      for (const name of outputNames) outputs.set(name, noOutput);
      return outputs;
    }
    if (isContentAddressed && isImpure) {
      throw new NixError("eval", "derivation cannot be both content-addressed and impure");
    }
    for (const name of outputNames) this.setVariable(name, hashPlaceholder(name));
    const hashAlgo = prefixOfMethod(method ?? "nar") + (hashAlgorithm ?? "sha256");
    return new Map(outputNames.map((name) => [name, { path: "", hashAlgo, hash: isImpure ? "impure" : "" }]));
  }
}

function checkDerivationName(name: string): void {
  try {
    checkName(name);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new NixError("eval", `invalid derivation name: ${error.message}. Please pass a different 'name'.`);
  }
}

/** Undefined for a name that is none. Throws NixError for one that is not turned on. */
function knownAlgorithm(interpreter: Interpreter, name: string): HashAlgorithm | undefined {
  return isHashAlgorithm(name) ? algorithmNamed(interpreter, name) : undefined;
}

type Inputs = Pick<Derivation, "inputDrvs" | "dynamicInputs" | "inputSrcs">;

function inputsOf(store: EvalStore, contexts: Iterable<StringContext>): Inputs {
  const sources: StorePath[] = [];
  const built: BuiltElement[] = [];
  for (const { elements } of contexts) {
    for (let i = 0; i < elements.length; i++) {
      const element = elements[i] as ContextElement;
      if (element.kind === "opaque") sources.push(element.path);
      else if (element.kind === "built" && element.via === undefined) built.push(element);
      else return allInputsOf(store, contexts);
    }
  }
  sortInPlace(built, compareBuilt);
  const inputDrvs = new Map<StorePath, readonly string[]>();
  for (let i = 0; i < built.length; ) {
    const { drvPath, output } = built[i] as BuiltElement;
    let names: string[] | undefined;
    let last = output;
    for (i++; i < built.length && built[i]?.drvPath === drvPath; i++) {
      const next = (built[i] as BuiltElement).output;
      if (next === last) continue;
      names ??= [output];
      names.push(next);
      last = next;
    }
    inputDrvs.set(drvPath, names ?? (output === "out" ? onlyOut : [output]));
  }
  return { inputDrvs, inputSrcs: sources.length > 1 ? sortedUnique(sources) : sources };
}

/** The same where there are other elements than store objects and outputs of plain derivations. */
function allInputsOf(store: EvalStore, contexts: Iterable<StringContext>): Inputs {
  const drvs = new Map<StorePath, WantedOutputs>();
  const sources = new Set<StorePath>();
  for (const { elements } of contexts) {
    for (const element of elements) {
      switch (element.kind) {
        case "opaque":
          sources.add(element.path);
          break;
        case "built": {
          let wanted = memberOf(drvs, element.drvPath);
          for (const name of element.via ?? []) wanted = memberOf(wanted.dynamic, name);
          wanted.outputs.add(element.output);
          break;
        }
        case "drvDeep":
          // The builder may look at the whole graph, so that all of it is an input.
          for (const path of closureOf(store, element.drvPath)) {
            sources.add(path);
            if (!path.endsWith(".drv")) continue;
            const { outputs } = memberOf(drvs, path);
            for (const name of store.readDerivation(path).outputs.keys()) outputs.add(name);
          }
      }
    }
  }
  const inputs = dynamicInputs(drvs);
  const inputDrvs = new Map([...inputs].map(([drvPath, { outputs }]) => [drvPath, outputs]));
  const dynamic = new Map(
    [...inputs].flatMap(([drvPath, { dynamic }]) => (dynamic.size > 0 ? [[drvPath, dynamic]] : [])),
  );
  return { inputDrvs, ...(dynamic.size > 0 && { dynamicInputs: dynamic }), inputSrcs: sortedUnique(sources) };
}

/** What is wanted of a derivation, while contexts are read. */
interface WantedOutputs {
  readonly outputs: Set<string>;
  /** Of outputs that are derivations themselves. */
  readonly dynamic: Map<string, WantedOutputs>;
}

function memberOf(map: Map<string, WantedOutputs>, key: string): WantedOutputs {
  let member = map.get(key);
  if (member === undefined) {
    member = { outputs: new Set(), dynamic: new Map() };
    map.set(key, member);
  }
  return member;
}

function dynamicInputs(wanted: ReadonlyMap<string, WantedOutputs>): ReadonlyMap<string, DynamicInput> {
  const sorted = new Map<string, DynamicInput>();
  for (const key of sortedUnique(wanted.keys())) {
    const { outputs, dynamic } = wanted.get(key) as WantedOutputs;
    sorted.set(key, { outputs: sortedUnique(outputs), dynamic: dynamicInputs(dynamic) });
  }
  return sorted;
}

function closureOf(store: EvalStore, drvPath: StorePath): ReadonlySet<StorePath> {
  const closure = new Set([drvPath]);
  for (const path of closure) for (const reference of store.references(path)) closure.add(reference);
  return closure;
}

function resultSet(
  interpreter: Interpreter,
  outputNames: readonly string[],
  drvPath: StorePath,
  paths: ReadonlyMap<string, StorePath>,
): AttrSet {
  const shape = shapeOfResult(outputNames);
  if (shape !== onlyOutShape) for (const name of shape.names) interpreter.symbols.add(name);
  const values = new Array<Lazy>(shape.names.length);
  for (let i = 0; i < values.length; i++) {
    const output = shape.names[i] as string;
    values[i] =
      output === "drvPath"
        ? drvPathString(drvPath)
        : outputString(interpreter, { kind: "built", drvPath, output }, paths.get(output));
  }
  return new AttrSet(shape, values);
}

const onlyOutShape = Shape.intern(["drvPath", "out"]);

function shapeOfResult(outputNames: readonly string[]): Shape {
  return outputNames === onlyOut ? onlyOutShape : Shape.intern(sortedUnique([...outputNames, "drvPath"]));
}
