// White space for the gaps of a program, so that positions are in all lines and columns.
import fc from "fast-check";
import { gap, slack } from "./sketch.ts";

/** Fills a gap; the first stands for what is written most. */
const fillings = [
  " ",
  "\n",
  "\n  ",
  "\n      ",
  "  ",
  " # note\n",
  " /* note */ ",
  "\t",
  "\n\n    ",
  "\n\t",
  " /* two\n lines */ ",
];

/** For each gap in turn, over and over: which filling, or none where none is needed. */
export const layout: fc.Arbitrary<readonly number[]> = fc.oneof(
  { arbitrary: fc.constant([]), weight: 2 },
  {
    arbitrary: fc.array(fc.oneof({ arbitrary: fc.constant(0), weight: 6 }, fc.nat(fillings.length - 1)), {
      maxLength: 40,
    }),
    weight: 3,
  },
  { arbitrary: fc.array(fc.oneof(fc.constant(0), fc.nat(3)), { minLength: 5, maxLength: 30 }), weight: 1 },
);

export function fillGaps(text: string, choices: readonly number[]): string {
  let count = 0;
  return text.replaceAll(new RegExp(`[${gap}${slack}]+`, "g"), (gaps) => {
    const choice = choices.length === 0 ? 0 : (choices[count++ % choices.length] as number);
    return choice === 0 && !gaps.includes(gap) ? "" : (fillings[choice] as string);
  });
}
