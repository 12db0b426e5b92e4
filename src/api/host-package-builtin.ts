// The builtin behind the packages of the embedded <nixpkgs> that are made of the host's programs. Only files of that
// <nixpkgs> see it. It is lazy: a package is looked for when its path is needed, not when its set is made.

import { type HostPackageDescription, runtimes } from "../build/host-package.ts";
import { addHostPackage } from "../build/host-package-cache.ts";
import { HostPackageError } from "../build/host-package-error.ts";
import { installedVersion } from "../build/host-version.ts";
import { expectAttrs, expectList, expectPlainString, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { FileError } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { ContextString, StringContext, textOf } from "../value/string-context.ts";
import { Thunk } from "../value/thunk.ts";
import type { Value } from "../value/value.ts";

const purpose = "while evaluating the description of a package made of the host's programs";

export const hostPackageBuiltin: BuiltinDefinition<Interpreter> = {
  name: "__hostPackage",
  parameters: ["description"],
  doc: "A package made of programs of this machine: `outPath`, and `version` where the machine's package database tells it.",
  run: (interpreter, pos, argument) => {
    const set = expectAttrs(interpreter, argument, pos, purpose);
    return AttrSet.from([
      ["outPath", Thunk.of(() => hostPackagePath(interpreter, pos, set), undefined)],
      ["version", Thunk.of(() => hostPackageVersion(interpreter, pos, set), undefined)],
    ]);
  },
};

function hostPackagePath(interpreter: Interpreter, pos: Pos, set: AttrSet): Value {
  const reader = new DescriptionReader(interpreter, pos, set);
  try {
    const path = addHostPackage(interpreter.host, interpreter.store, reader.description(), (name) =>
      reader.interpreterPackage(name),
    );
    return new ContextString(path, StringContext.ofOne({ kind: "opaque", path }));
  } catch (error) {
    if (error instanceof HostPackageError) throw new NixError("throw", error.message, pos);
    if (error instanceof FileError) throw new NixError("file", error.message, pos);
    throw error;
  }
}

function hostPackageVersion(interpreter: Interpreter, pos: Pos, set: AttrSet): Value {
  const apt = new DescriptionReader(interpreter, pos, set).text("apt");
  return (apt === undefined ? undefined : installedVersion(interpreter.host.files, apt)) ?? null;
}

/** Reads the set; what is missing in it is empty. */
class DescriptionReader {
  private readonly interpreter: Interpreter;
  private readonly pos: Pos;
  private readonly set: AttrSet;

  constructor(interpreter: Interpreter, pos: Pos, set: AttrSet) {
    this.interpreter = interpreter;
    this.pos = pos;
    this.set = set;
  }

  description(): HostPackageDescription {
    const attr = this.text("attr") ?? "hostPackage";
    const runtime = this.text("runtime");
    return {
      attr,
      pname: this.text("pname") ?? attr,
      programs: this.texts("programs"),
      required: this.texts("required"),
      folders: this.texts("folders"),
      links: this.record("links", (name, set) => this.plain(set, name)),
      files: this.record("files", (name, set) => this.list(set, name)),
      exclude: this.texts("exclude"),
      environment: this.record("environment", (name, set) => this.plain(set, name)),
      arguments: this.record("arguments", (name, set) => this.plain(set, name)),
      runtime: runtimes.find((known) => known === runtime),
      apt: this.text("apt"),
    };
  }

  text(name: string): string | undefined {
    return this.set.has(name) ? this.plain(this.set, name) : undefined;
  }

  /** The path of the package that has an interpreter, which becomes part of the store by being asked for. */
  interpreterPackage(name: string): StorePath | undefined {
    const all = this.set.get("interpreters");
    if (all === undefined) return undefined;
    const packages = expectAttrs(this.interpreter, all, this.pos, purpose);
    const found = packages.get(name);
    if (found === undefined) return undefined;
    const outPath = expectAttrs(this.interpreter, found, this.pos, purpose).get("outPath");
    return outPath === undefined ? undefined : textOf(expectString(this.interpreter, outPath, this.pos, purpose));
  }

  private texts(name: string): string[] {
    return this.set.has(name) ? this.list(this.set, name) : [];
  }

  private record<T>(name: string, read: (name: string, set: AttrSet) => T): Record<string, T> {
    const value = this.set.get(name);
    if (value === undefined) return {};
    const set = expectAttrs(this.interpreter, value, this.pos, purpose);
    return Object.fromEntries(set.names.map((key) => [key, read(key, set)]));
  }

  private plain(set: AttrSet, name: string): string {
    return expectPlainString(this.interpreter, set.get(name)!, this.pos, purpose);
  }

  private list(set: AttrSet, name: string): string[] {
    const items = expectList(this.interpreter, set.get(name)!, this.pos, purpose);
    return items.map((item) => expectPlainString(this.interpreter, item, this.pos, purpose));
  }
}
