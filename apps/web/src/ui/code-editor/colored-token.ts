/** What a piece of a text is, as far as its colour goes. */
export type TokenColor = 'comment' | 'label' | 'keyword' | 'string' | 'number' | 'operator';

/** A piece of a text; the pieces side by side are the text again. */
export interface ColoredToken {
  readonly text: string;
  readonly start: number;
  /** Without one it has the text's. */
  readonly color: TokenColor | undefined;
}

/** Cuts a text into tokens; never fails. */
export type ColorTokens = (text: string) => readonly ColoredToken[];
