// `:lf`: flakes in folders of this machine. Their inputs may be folders too; an input that has to be downloaded is an
// error only for what uses it. Locks are not looked at, since they say nothing of folders.
import type { Evaluation } from "../api/evaluation.ts";
import { callFunction } from "../evaluator/call.ts";
import { expectAttrs, expectPlainString } from "../evaluator/expect.ts";
import { importFile } from "../evaluator/import.ts";
import { canonicalPath, dirName } from "../evaluator/path.ts";
import { writeWarning } from "../evaluator/warning.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, showPlace } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Lambda } from "../value/function.ts";
import { describeType } from "../value/print.ts";
import { ContextString, StringContext } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import { type Lazy, NixPath } from "../value/value.ts";
import { addFlakeSource } from "./flake-source.ts";

/** The outputs of a flake with what else a flake has. Throws NixError. */
export function evaluateFlake(evaluation: Evaluation, reference: string): AttrSet {
  const [whole = "", ...rest] = reference.split("#");
  const fragment = rest.join("#");
  const folder = localFolder(evaluation, whole);
  evaluation.interpreter.requireFeature("flakes");
  if (fragment !== "") {
    throw new NixError("eval", `unexpected fragment '${fragment}' in flake reference '${reference}'`);
  }
  if (folder === undefined) {
    throw new NixError(
      "unsupported",
      `cannot load the flake '${reference}': ocinix takes folders, and downloads nothing`,
    );
  }
  return new FlakeEvaluation(evaluation).evaluate(folder, whole.startsWith("path:"));
}

const folderAddress = /^(?:path:|git\+file:(?:\/\/)?)([^?]*)/;

/** The folder of a reference that means one; undefined for all that would have to be downloaded. */
function localFolder({ host, interpreter }: Evaluation, reference: string): string | undefined {
  const absolute = (path: string): string => canonicalPath(path.startsWith("/") ? path : `${host.workingDir}/${path}`);
  const [, path] = folderAddress.exec(reference) ?? [];
  if (path !== undefined) return absolute(path);
  // A name in a registry, or an address.
  if (/^[A-Za-z][\w-]*(?:\/|$)|^[a-z][a-z0-9+.-]*:/.test(reference)) return undefined;
  const folder = absolute(reference.replace(/\?.*/s, ""));
  const stat = host.files.stat(folder);
  if (stat === undefined) throw new NixError("file", `getting status of "${folder}": No such file or directory`);
  if (stat.type === "directory") return folder;
  if (!folder.endsWith("/flake.nix")) {
    throw new NixError("eval", `path "${folder}" is not a flake (because it's not a directory)`);
  }
  const parent = dirName(folder);
  writeWarning(
    interpreter,
    `Path "${folder}" should point at the directory containing the 'flake.nix' file, not the file itself. Pretending that you meant "${parent}"`,
  );
  return parent;
}

/** The path of a reference that can only mean one; undefined for all others. */
function localPath(reference: string): string | undefined {
  const [, path] = folderAddress.exec(reference) ?? [];
  return path ?? (/^[./]/.test(reference) ? reference : undefined);
}

class FlakeEvaluation {
  private readonly evaluation: Evaluation;

  constructor(evaluation: Evaluation) {
    this.evaluation = evaluation;
  }

  /** `isPlain`: all of the folder belongs to the flake, also in a repository. */
  evaluate(folder: string, isPlain: boolean): AttrSet {
    const { interpreter } = this.evaluation;
    const { sourceInfo, root, subfolder } = addFlakeSource(this.evaluation, folder, isPlain);
    const directory = `${root}${subfolder}`;
    const file = `${directory}/flake.nix`;
    const flake = importFile(interpreter, new NixPath(file));
    if (!(flake instanceof AttrSet)) throw new NixError("type", `file '${file}' must be an attribute set`);
    const outputsOf = flake.get("outputs");
    if (outputsOf === undefined) throw new NixError("eval", `flake 'path:${folder}' lacks attribute 'outputs'`);
    const fn = force(outputsOf);
    if (!(fn instanceof Lambda)) {
      const place = showPlace(interpreter.positions, flake.positionOf("outputs"));
      throw new NixError("type", `expected a function but got ${describeType(fn)} at ${place}`);
    }
    const inputs = this.inputs(flake, fn, folder);
    const outPath = new ContextString(directory, StringContext.ofOne({ kind: "opaque", path: root }));
    const evaluateOutputs = (): AttrSet => {
      const value = callFunction(interpreter, fn, [inputs.update(AttrSet.from([["self", self]]))], noPos);
      const outputs = expectAttrs(interpreter, value, noPos, "while evaluating the outputs of a flake");
      const about = AttrSet.from([
        ["inputs", inputs],
        ["outPath", outPath],
        ["outputs", outputs],
        ["sourceInfo", sourceInfo],
        ["_type", "flake"],
      ]);
      return outputs.update(sourceInfo).update(about);
    };
    const self = Thunk.of(evaluateOutputs, undefined);
    return force(self) as AttrSet;
  }

  /** Those that the flake declares, and those that its function asks for; all but `self`, each delayed. */
  private inputs(flake: AttrSet, fn: Lambda, folder: string): AttrSet {
    const declared = flake.has("inputs")
      ? expectAttrs(this.evaluation.interpreter, flake.get("inputs") as Lazy, flake.positionOf("inputs"), "")
      : AttrSet.empty;
    const asked = (fn.stage.formals ?? []).map(({ name }) => name);
    const names = new Set([...declared.names, ...asked].filter((name) => name !== "self"));
    return AttrSet.from(
      [...names].map((name) => [name, Thunk.of(() => this.input(name, declared.get(name), folder), undefined)]),
    );
  }

  private input(name: string, lazy: Lazy | undefined, folder: string): AttrSet {
    const { interpreter } = this.evaluation;
    const purpose = `while evaluating the flake input '${name}'`;
    const input = lazy === undefined ? AttrSet.empty : expectAttrs(interpreter, lazy, noPos, purpose);
    const urlArgument = input.get("url");
    const url = urlArgument === undefined ? name : expectPlainString(interpreter, urlArgument, noPos, purpose);
    const path = localPath(url);
    if (path === undefined) {
      const message = `the flake input '${name}' ('${url}') has to be downloaded, which ocinix does not do`;
      throw new NixError("unsupported", message, input.positionOf("url"));
    }
    const place = canonicalPath(path.startsWith("/") ? path : `${folder}/${path}`);
    const isFlake = input.get("flake");
    if (isFlake !== undefined && force(isFlake) === false) {
      return addFlakeSource(this.evaluation, place, true).sourceInfo;
    }
    return this.evaluate(place, url.startsWith("path:"));
  }
}
