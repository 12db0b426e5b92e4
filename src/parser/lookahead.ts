// Which alternative of a rule the next token chooses. Chevrotain works this out from the rules when a parser is made,
// which takes longer than all the rest of evaluating a small file; so it is done when ocinix is built, and the tables
// are put in place of the analysis. They are Chevrotain's own answers, asked token by token.
import {
  type EmbeddedActionsParser,
  type IRecognitionException,
  type IToken,
  NoViableAltException,
  type TokenType,
} from "chevrotain";

/** For a place in a rule: the answer for every token type, `null` where there is none. */
export interface LookaheadTable {
  readonly rule: number;
  readonly place: number;
  readonly choices: readonly (number | boolean | null)[];
}

/** What Chevrotain keeps of its analysis, and how it fails; the version of the package is pinned. */
interface AnalysedParser {
  selfAnalysisDone: boolean;
  lookAheadFuncsCache: (((this: unknown) => number | boolean | undefined)[] | undefined)[];
  LA(howMuch: number): IToken;
  LA_FAST(howMuch: number): { readonly tokenTypeIdx: number };
  SAVE_ERROR(error: IRecognitionException): IRecognitionException;
  raiseNoAltException(this: AnalysedParser, occurrence: number, expected: string | undefined): never;
}

/** The tables of a parser that analysed itself; all it looks at is one token. */
export function tabulateLookahead(parser: EmbeddedActionsParser, tokenTypes: readonly TokenType[]): LookaheadTable[] {
  const { lookAheadFuncsCache } = parser as unknown as AnalysedParser;
  return lookAheadFuncsCache.flatMap((places = [], rule) =>
    Object.entries(places).map(([place, choose]) => ({
      rule,
      place: Number(place),
      choices: tokenTypes.map((type) => choose.call({ LA_FAST: () => type }) ?? null),
    })),
  );
}

/** Makes a parser that has not analysed itself use the tables. */
export function useLookahead(
  parser: EmbeddedActionsParser,
  tables: readonly LookaheadTable[],
  tokenTypes: readonly TokenType[],
): void {
  const analysed = parser as unknown as AnalysedParser;
  for (const { rule, place, choices } of tables) {
    const byType: (number | boolean | undefined)[] = [];
    for (const [index, choice] of choices.entries()) byType[tokenTypes[index]!.tokenTypeIdx!] = choice ?? undefined;
    analysed.lookAheadFuncsCache[rule] ??= [];
    analysed.lookAheadFuncsCache[rule][place] = function (this: unknown) {
      return byType[(this as AnalysedParser).LA_FAST(1).tokenTypeIdx];
    };
  }
  analysed.selfAnalysisDone = true;
  // Chevrotain's own one looks up in the analysis what was possible, for a message that is not used.
  analysed.raiseNoAltException = function (_occurrence, expected = "") {
    throw this.SAVE_ERROR(new NoViableAltException(expected, this.LA(1), this.LA(0)));
  };
  makeFast(analysed);
}

/** V8 gives an object with many properties, such as a parser, slow ones, unless it is once made a prototype. */
function makeFast(object: object): void {
  Object.setPrototypeOf({}, object);
}
