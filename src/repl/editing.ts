// `:e`: where the thing is that somebody wants to edit, and how an editor is told to go there.
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { addFrame } from "../evaluator/expect.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, showPlace } from "../source/position.ts";
import { isInStore, toStorePath } from "../store/store-path.ts";
import { Lambda } from "../value/function.ts";
import { showPath } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { NixPath, type Value } from "../value/value.ts";
import type { ReplSession } from "./session.ts";

interface Place {
  readonly path: string;
  /** 0 when it is not known. */
  readonly line: number;
}

/** Opens what an expression stands for in $EDITOR and waits. Throws IncompleteInput, NixError and FileError. */
export function editSource(session: ReplSession, text: string): void {
  const value = session.evaluate(text);
  const { path, line } = session.evaluation.run(() => placeOf(session, value, text));
  const editor = session.evaluation.host.env("EDITOR") ?? "";
  const [program = "cat", ...args] = editor.split(/\s+/).filter((word) => word !== "");
  const takesLine = line > 0 && /emacs|nano|vim|kak/.test(editor);
  const words = [...args, ...(takesLine ? [`+${line}`] : []), realPath(session, path)];
  const { status, signal } = session.terminal.runProgram(program, words);
  if (status === 0) return;
  const end = signal === null ? `exit code ${status}` : `due to signal ${signal}`;
  throw new NixError("file", `program "${program}" failed with ${end}`);
}

function placeOf(session: ReplSession, value: Value, text: string): Place {
  const { positions } = session.evaluation.interpreter;
  if (value instanceof NixPath || typeof value === "string" || value instanceof ContextString) {
    return { path: pathIn(session, value, "while evaluating the filename to edit"), line: 0 };
  }
  if (value instanceof Lambda) {
    const { pos } = value.stage;
    const place = positions.resolve(pos);
    if (place?.source.origin.kind === "file") return { path: place.source.origin.path, line: place.line };
    throw new NixError("eval", `'${showPlace(positions, pos)}' cannot be shown in an editor`);
  }
  return placeOfPackage(session, value, text);
}

/** Packages say where they come from: `meta.position` is `FILE:LINE`. */
function placeOfPackage(session: ReplSession, value: Value, text: string): Place {
  const position = positionOf(session, value);
  if (position === undefined) throw new NixError("eval", `package '${text}' has no source location information`);
  const place = pathIn(session, position, "while evaluating the 'meta.position' attribute of a derivation");
  const [, path, line] = /^(.*):(\d+)$/s.exec(place) ?? [];
  if (path === undefined) throw new NixError("eval", `cannot parse 'meta.position' attribute '${place}'`);
  return { path, line: Number(line) };
}

function positionOf({ evaluation: { interpreter } }: ReplSession, value: Value): Value | undefined {
  try {
    return force(selectAttrPath(interpreter, value, "meta.position", { given: new Map() }));
  } catch (error) {
    if (error instanceof NixError) return undefined;
    throw error;
  }
}

/** An absolute path, given as a path or a string. */
function pathIn({ evaluation: { interpreter } }: ReplSession, value: Value, purpose: string): string {
  if (value instanceof NixPath) {
    if (!value.internal) return value.path;
    throw new NixError("eval", `cannot open '${showPath(value)}' in an editor because it has no physical path`);
  }
  const text = coerceToString(interpreter, value, noPos, new ContextCollector(), purpose, { copyToStore: false });
  if (text.startsWith("/")) return canonicalPath(text);
  throw addFrame(new NixError("eval", `string '${text}' doesn't represent an absolute path`), purpose, noPos);
}

/** Where the file is on the disk: objects of the store are in a folder of their own. */
function realPath({ evaluation: { physicalStore } }: ReplSession, path: string): string {
  if (physicalStore === undefined || !isInStore(path)) return path;
  const { path: object } = toStorePath(path);
  return physicalStore.isValid(object) ? physicalStore.realPath(object) + path.slice(object.length) : path;
}
