import { type TokenRole, tokenize } from '@aegisguard/traceql/syntax';

/** A piece of a query: a token, or the white space between two. The pieces side by side are the query again. */
export interface Piece {
  readonly role: TokenRole | 'space';
  readonly text: string;
  readonly start: number;
}

/** Cuts a query into pieces; never fails. */
export function piecesOf(query: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const take = (role: Piece['role'], to: number): void => {
    if (to > end) {
      pieces.push({ role, text: query.slice(end, to), start: end });
      end = to;
    }
  };
  for (const { role, at } of tokenize(query)) {
    take('space', at.from);
    take(role, at.to);
  }
  take('space', query.length);
  return pieces;
}
