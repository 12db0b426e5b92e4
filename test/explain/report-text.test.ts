// The layout of explanations: frames, labels, changes, traces, widths. The texts are ours, so they are written here.
import { describe, expect, it } from "vitest";
import type { CodeLabel, CodeRange, Diagnostic, DiagnosticFrame } from "../../src/explain/diagnostic.ts";
import { renderDiagnostic } from "../../src/explain/report-text.ts";
import { bytesFromText, textFromBytes } from "../../src/source/bytes.ts";
import { PositionTable, type Source } from "../../src/source/position.ts";

const table = new PositionTable();

function sourceOf(text: string, path = "/project/a.nix"): Source {
  return table.addSource({ kind: "file", path }, bytesFromText(text));
}

/** Where a text is in a source, the last time if it is there several times. */
function range(source: Source, text: string): CodeRange {
  const bytes = bytesFromText(text);
  const start = source.text.lastIndexOf(bytes);
  if (start < 0) throw new Error(`there is no ${text}`);
  return { source, start, end: start + bytes.length };
}

function label(source: Source, text: string, words: string): CodeLabel {
  return { range: range(source, text), text: words };
}

function frame(message: string, at?: CodeRange, more: Partial<DiagnosticFrame> = {}): DiagnosticFrame {
  return { message, range: at, library: undefined, repeats: 1, group: 1, ...more };
}

function diagnostic(more: Partial<Diagnostic>): Diagnostic {
  const nothing = { primary: undefined, labels: [], notes: [], suggestions: [], trace: [], omittedFrames: 0 };
  return { code: "wrong-type", message: "message", ...nothing, ...more };
}

function render(
  more: Partial<Diagnostic>,
  options: { width?: number; color?: boolean; showTrace?: boolean } = {},
): string[] {
  const { width = 80, color = false, showTrace = false } = options;
  const text = renderDiagnostic(diagnostic(more), { width, color, showTrace, workingDir: "/project" });
  return textFromBytes(text).split("\n").slice(1, -1);
}

describe("code", () => {
  it("is marked in one line, with words beside the last mark and below the others", () => {
    const source = sourceOf("let\n  a = f x + y;\nin a");
    const labels = [label(source, "f", "the function"), label(source, "x", "its argument")];
    expect(render({ primary: label(source, "y", "here"), labels })).toEqual([
      "  --> a.nix:2:13",
      "   |",
      " 2 |   a = f x + y;",
      "   |       - -   ^ here",
      "   |       | |",
      "   |       | its argument",
      "   |       the function",
    ]);
  });

  it("is marked along several lines", () => {
    const source = sourceOf("{\n  a = {\n    b = 1;\n  };\n}\n");
    expect(render({ primary: label(source, "{\n    b = 1;\n  }", "this set") })).toEqual([
      "  --> a.nix:2:7",
      "   |",
      " 2 |     a = {",
      "   |  _______^",
      " 3 | |     b = 1;",
      " 4 | |   };",
      "   | |___^ this set",
    ]);
  });

  it("is shown by its ends when it is long, with other marks inside", () => {
    const lines = Array.from({ length: 12 }, (_, index) => `  x${index} = ${index};`);
    const source = sourceOf(`{\n${lines.join("\n")}\n}`);
    const primary = label(source, "x6", "inside");
    expect(
      render({ primary, labels: [{ range: { source, start: 0, end: source.text.length }, text: "all" }] }),
    ).toEqual(
      [
        "  --> a.nix:8:3",
        "    |",
        "  1 | / {",
        "  2 | |   x0 = 0;",
        "... |",
        "  8 | |   x6 = 6;",
        "    | |   ^^ inside",
        "... |",
        " 13 | |   x11 = 11;",
        " 14 | | }",
        "    | |_- all",
      ].map((line) => line.replace("  --> a.nix", "   --> a.nix").replace(/^\.\.\./, " ...")),
    );
  });

  it("of several files follows that of the error", () => {
    const source = sourceOf("x");
    const other = sourceOf("\n\ny", "/elsewhere/b.nix");
    expect(render({ primary: label(source, "x", "one"), labels: [label(other, "y", "two")] })).toEqual([
      "  --> a.nix:1:1",
      "   |",
      " 1 | x",
      "   | ^ one",
      "   |",
      "  ::: /elsewhere/b.nix:3:1",
      "   |",
      " 3 | y",
      "   | - two",
    ]);
  });

  it("leaves out lines between marks, but not a single one", () => {
    const source = sourceOf("a\nb\nc\nd\ne\nf");
    expect(
      render({ primary: label(source, "a", "A"), labels: [label(source, "c", "C"), label(source, "f", "F")] }),
    ).toEqual([
      "  --> a.nix:1:1",
      "   |",
      " 1 | a",
      "   | ^ A",
      " 2 | b",
      " 3 | c",
      "   | - C",
      "...",
      " 6 | f",
      "   | - F",
    ]);
  });

  it("is marked by columns on the screen", () => {
    const source = sourceOf('\t"\u00fc\u65e5\u672c" + x');
    expect(render({ primary: label(source, "x", "here") })).toEqual([
      "  --> a.nix:1:15",
      "   |",
      ' 1 |     "\u00fc\u65e5\u672c" + x',
      "   |               ^ here",
    ]);
  });

  it("has nothing in it that a terminal obeys, or that changes the order of characters", () => {
    const source = sourceOf('"\x1b[31m\u202e" + x');
    expect(render({ primary: label(source, "x", "\x1b[1mhere\x1b[0m") })).toEqual([
      "  --> a.nix:1:14",
      "   |",
      ' 1 | "\u241b[31m<U+202E>" + x',
      "   |                   ^ here",
    ]);
  });

  it("is cut around its marks when it is too wide", () => {
    const source = sourceOf(`{ ${"a = 1; ".repeat(20)}here = 2; ${"b = 1; ".repeat(20)}}`);
    const rows = render({ primary: label(source, "here", "this one") }, { width: 50 });
    expect(rows).toEqual([
      "  --> a.nix:1:143",
      "   |",
      " 1 | \u2026= 1; a = 1; a = 1; here = 2; b = 1; b = 1; \u2026",
      "   |                     ^^^^ this one",
    ]);
  });

  it("is marked at the end of the text", () => {
    const source = sourceOf("[ 1");
    expect(render({ primary: { range: { source, start: 3, end: 3 }, text: "the end" } })).toEqual([
      "  --> a.nix:1:4",
      "   |",
      " 1 | [ 1",
      "   |    ^ the end",
    ]);
  });

  it("ends its lines as the text does", () => {
    const source = sourceOf("a\r\nb\rc\nd");
    expect(render({ primary: label(source, "d", "four") })[0]).toBe("  --> a.nix:4:1");
  });
});

describe("advice", () => {
  const source = sourceOf("a + b\nc");

  it("follows the code, and is filled to the width", () => {
    const notes = ["one two three four five six seven eight nine ten"];
    expect(render({ primary: label(source, "b", ""), notes, suggestions: [{ text: "do it" }] }, { width: 40 })).toEqual(
      [
        "  --> a.nix:1:5",
        "   |",
        " 1 | a + b",
        "   |     ^",
        "   |",
        "   = note: one two three four five six",
        "           seven eight nine ten",
        "   |",
        "   = help: do it",
      ],
    );
  });

  it("shows the line after a change", () => {
    const change = (text: string, replacement: string, at = range(source, text)) => ({
      text: "so",
      edit: { range: at, replacement },
    });
    const shown = (suggestion: ReturnType<typeof change>): string[] =>
      render({ primary: label(source, "b", ""), suggestions: [suggestion] }).slice(-2);
    expect(shown(change("b", "toString b"))).toEqual([" 1 | a + toString b", "   |     ~~~~~~~~~~"]);
    expect(shown(change("a", "", range(source, "a +")))).toEqual([" 1 | a + b", "   | ---"]);
    const { start } = range(source, "b");
    expect(shown(change("b", "(", { source, start, end: start }))).toEqual([" 1 | a + (b", "   |     +"]);
    expect(shown(change("b", "\n  in", { source, start: start + 1, end: start + 1 }))).toEqual([
      " 1 | a + b",
      "   +   in",
    ]);
    expect(shown(change("c", "x", range(source, "b\nc")))).toEqual(["   |", "   = help: so: `x`"]);
  });
});

describe("a trace", () => {
  const source = sourceOf("f = x: g x;\ng = y: h y;\n");
  const lib = { library: "lib" };

  it("is told innermost first, without what the marked code says", () => {
    const trace = [
      frame("in an operand of '+'", range(source, "h y")),
      frame("while calling 'g'", range(source, "y")),
      frame("from call site", range(source, "g x")),
      frame("while evaluating the attribute 'a'"),
    ];
    expect(render({ primary: label(source, "h y", ""), trace }).slice(4)).toEqual([
      "",
      "trace, innermost first:",
      "  - while calling 'g'",
      "    a.nix:1:8  g x;",
      "  - while evaluating the attribute 'a'",
    ]);
  });

  it("counts the frames of libraries and those that repeat", () => {
    const trace = [
      frame("one", undefined, lib),
      frame("two", undefined, lib),
      frame("while calling 'f'", range(source, "x"), {}),
      frame("from call site", range(source, "g x"), { repeats: 500, group: 2 }),
      frame("three", undefined, { library: "derivation" }),
    ];
    expect(render({ trace })).toEqual([
      "",
      "trace, innermost first:",
      "  ... 2 frames in lib",
      "  - while calling 'f'",
      "    a.nix:1:8  g x;",
      "    again, 499 more times",
      "  ... 1 frame in derivation",
    ]);
  });

  it("keeps the innermost frames when there are many, unless all are asked for", () => {
    const trace = Array.from({ length: 10 }, (_, index) => frame(`frame ${index}`));
    const short = render({ trace, omittedFrames: 5 });
    expect(short.slice(2, 4)).toEqual(["  - frame 0", "  - frame 1"]);
    expect(short.at(-1)).toBe("  ... 9 more frames (--show-trace shows all)");
    const whole = render({ trace, omittedFrames: 5 }, { showTrace: true });
    expect(whole.slice(-2)).toEqual(["  - frame 9", "  ... 5 more frames"]);
    expect(render({ trace: [frame("inside", undefined, lib)] }, { showTrace: true })).toContain("  - inside");
  });
});

describe("colours", () => {
  it("change nothing else", () => {
    const source = sourceOf("{\n  a = f x + y;\n}");
    const more = {
      primary: label(source, "y", "here"),
      labels: [
        label(source, "f", "the function"),
        { range: { source, start: 0, end: source.text.length }, text: "all" },
      ],
      notes: ["a note"],
      suggestions: [{ text: "so", edit: { range: range(source, "y"), replacement: "z" } }],
      trace: [frame("a frame", range(source, "f x"))],
    };
    const plain = render(more);
    const colored = render(more, { color: true });
    expect(colored.map((line) => line.replaceAll(/\x1b\[[\d;]*m/g, ""))).toEqual(plain);
    expect(colored.join("\n")).toContain("\x1b[31;1m^\x1b[0m \x1b[31;1mhere\x1b[0m");
  });
});

describe("a message", () => {
  it("is shown with all its lines", () => {
    const options = { width: 80, color: false, showTrace: false, workingDir: "/" };
    const text = renderDiagnostic(diagnostic({ code: "throw", message: "one\n  two\tthree" }), options);
    expect(text).toBe("error[throw]: one\n  two   three\n");
  });
});
