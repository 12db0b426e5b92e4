// What Chevrotain's errors say: only the list of expected tokens as bison would give it, at most four; parse.ts makes
// the sentence. Where more than one token is possible the grammar gives the list itself.
import type { IParserErrorMessageProvider, TokenType } from "chevrotain";

export const expectedTokens: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }: { expected: TokenType }) => expected.LABEL ?? "",
  buildNoViableAltMessage: ({ customUserDescription }: { customUserDescription?: string }) =>
    customUserDescription ?? "",
  buildEarlyExitMessage: () => "",
  buildNotAllInputParsedMessage: () => "",
};
