import type { ColoredToken, TokenColor } from '../../../ui/code-editor/colored-token.ts';
import { type TokenKind, tokenizeLogQl } from './logql-tokens.ts';

const COLORS: Readonly<Partial<Record<TokenKind, TokenColor>>> = {
  comment: 'comment',
  label: 'label',
  keyword: 'keyword',
  string: 'string',
  number: 'number',
  operator: 'operator',
  open: 'operator',
  close: 'operator',
  punctuation: 'operator',
};

/** LogQL in colours. */
export function coloredLogQl(text: string): readonly ColoredToken[] {
  return tokenizeLogQl(text).map(({ kind, ...token }) => ({ ...token, color: COLORS[kind] }));
}
