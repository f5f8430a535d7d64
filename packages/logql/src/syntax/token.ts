/** One word of a query. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'duration' | 'symbol' | 'end';
  /** As it stands in the query; of a string its value. */
  readonly text: string;
  /** 0-based UTF-16 offset. */
  readonly position: number;
}

const QUOTE_LENGTH_MAX = 40;

/** A token as error messages name it. */
export function describeToken(token: Token): string {
  if (token.kind === 'end') {
    return 'the end of the query';
  }
  const text = token.text.length > QUOTE_LENGTH_MAX ? `${token.text.slice(0, QUOTE_LENGTH_MAX)}…` : token.text;
  return token.kind === 'string' ? `the text ${JSON.stringify(text)}` : JSON.stringify(text);
}
