// The words of LogQL, enough to colour a query and to edit its stream selectors; whether it parses is for the server to say.
// https://grafana.com/docs/loki/latest/query/

/** What a token is; `open` and `close` are braces, `punctuation` every other bracket and the comma. */
export type TokenKind =
  | 'space'
  | 'comment'
  | 'open'
  | 'close'
  | 'punctuation'
  | 'operator'
  | 'string'
  | 'number'
  | 'label'
  | 'keyword'
  | 'word'
  | 'other';

/** A piece of the query; the pieces side by side are the query again. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

// An unfinished string runs to the end of its line (of the text for a raw one), so that colours are right while typing.
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /#[^\n]*/y],
  ['string', /"(?:[^"\\\n]|\\.)*"?|`[^`]*`?/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:[a-zA-Zµ]+\d*)*/y],
  ['word', /[A-Za-z_][A-Za-z0-9_:.]*/y],
  ['operator', /\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|[|=<>+\-*/%^]/y],
  ['open', /\{/y],
  ['close', /\}/y],
  ['punctuation', /[()[\],]/y],
];

const KEYWORDS: ReadonlySet<string> = new Set(
  'sum avg min max count stddev stdvar topk bottomk sort sort_desc by without on ignoring group_left group_right offset bool and or unless json logfmt regexp pattern unpack line_format label_format decolorize drop keep unwrap'.split(
    ' ',
  ),
);

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) {
      return { kind, text: match[0], start: at };
    }
  }
  // A whole code point, so that no surrogate pair is torn.
  return { kind: 'other', text: String.fromCodePoint(text.codePointAt(at) ?? 0), start: at };
}

/** Words are labels inside braces, and keywords or functions outside. */
function refine(token: Token, inSelector: boolean, followedBy: string | undefined): Token {
  if (token.kind !== 'word') {
    return token;
  }
  if (inSelector) {
    return { ...token, kind: 'label' };
  }
  return KEYWORDS.has(token.text) || followedBy === '(' ? { ...token, kind: 'keyword' } : token;
}

/** Cuts a query into tokens; never fails. */
export function tokenizeLogQl(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let inSelector = false;
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    at += token.text.length;
    if (token.kind === 'open' || token.kind === 'close') {
      inSelector = token.kind === 'open';
    }
    const after = /^\s*(.)/.exec(text.slice(at, at + 8))?.[1];
    tokens.push(refine(token, inSelector, after));
  }
  return tokens;
}
