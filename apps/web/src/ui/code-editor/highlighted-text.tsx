import type { ReactNode } from 'react';
import type { ColoredToken, TokenColor } from './colored-token.ts';

const COLORS: Readonly<Record<TokenColor, string>> = {
  comment: 'text-subtle italic',
  label: 'text-syntax-label',
  keyword: 'text-syntax-keyword',
  string: 'text-syntax-string',
  number: 'text-syntax-number',
  operator: 'text-syntax-operator',
};

const ERROR = 'bg-danger-surface underline decoration-danger decoration-wavy decoration-1 underline-offset-4';

/** The end of what is underlined from an error's place: the rest of the token there; at the end of the text one space is drawn. */
function errorEnd(tokens: readonly ColoredToken[], position: number): number {
  const token = tokens.find((each) => each.start + each.text.length > position);
  return token === undefined ? position + 1 : token.start + token.text.length;
}

/** Draws a text in colours, character for character where a text field over it draws its own; the error's place is underlined. */
export function HighlightedText({
  tokens,
  errorPosition,
}: {
  readonly tokens: readonly ColoredToken[];
  readonly errorPosition: number | undefined;
}): ReactNode {
  const from = errorPosition ?? Number.POSITIVE_INFINITY;
  const to = errorPosition === undefined ? 0 : errorEnd(tokens, errorPosition);
  const last = tokens.at(-1);
  const length = last === undefined ? 0 : last.start + last.text.length;
  return (
    <>
      {tokens.map((token) => {
        const end = token.start + token.text.length;
        const color = token.color === undefined ? undefined : COLORS[token.color];
        if (end <= from || token.start >= to) {
          return (
            <span key={token.start} className={color}>
              {token.text}
            </span>
          );
        }
        const cut = Math.max(0, from - token.start);
        return (
          <span key={token.start} className={color}>
            {token.text.slice(0, cut)}
            <span className={ERROR}>{token.text.slice(cut)}</span>
          </span>
        );
      })}
      {from >= length && errorPosition !== undefined ? <span className={ERROR}> </span> : null}
      {/* A last empty line has height only with something on it. */}
      {'\u200b'}
    </>
  );
}
