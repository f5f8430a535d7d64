import { quote } from '../values/quote.ts';

/** The words that are no functions. */
export const KEYWORDS = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
] as const;

type Keyword = (typeof KEYWORDS)[number];

export type TokenKind =
  | Keyword
  | 'assign'
  | 'bool'
  | 'char'
  | 'char-constant'
  | 'complex'
  | 'declare'
  | 'dot'
  | 'eof'
  | 'error'
  | 'field'
  | 'identifier'
  | 'left-delimiter'
  | 'left-paren'
  | 'number'
  | 'pipe'
  | 'raw-string'
  | 'right-delimiter'
  | 'right-paren'
  | 'space'
  | 'string'
  | 'text'
  | 'variable';

/** A piece of a template; of an error, `text` is its message. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly position: number;
}

const SHOWN_LENGTH_MAX = 10;

function isKeyword(kind: TokenKind): kind is Keyword {
  return (KEYWORDS as readonly string[]).includes(kind);
}

/** A token as messages show it. */
export function describeToken(token: Token): string {
  if (token.kind === 'eof') {
    return 'EOF';
  }
  if (token.kind === 'error') {
    return token.text;
  }
  if (isKeyword(token.kind) || token.kind === 'dot') {
    return `<${token.text}>`;
  }
  const characters = [...token.text];
  return characters.length > SHOWN_LENGTH_MAX
    ? `${quote(characters.slice(0, SHOWN_LENGTH_MAX).join(''))}...`
    : quote(token.text);
}
