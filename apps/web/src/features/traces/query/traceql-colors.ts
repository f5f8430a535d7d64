import type { ColoredToken, TokenColor } from '../../../ui/code-editor/colored-token.ts';
import { type Piece, piecesOf } from './traceql-pieces.ts';

const COLORS: Readonly<Record<Piece['role'], TokenColor | undefined>> = {
  space: undefined,
  attribute: 'label',
  intrinsic: 'label',
  function: 'keyword',
  keyword: 'keyword',
  word: undefined,
  value: 'number',
  text: 'string',
  number: 'number',
  operator: 'operator',
  bracket: 'operator',
  comment: 'comment',
  bad: undefined,
};

/** An open text is a text already, and a scope the beginning of a field. */
function colorOf({ role, text }: Piece): TokenColor | undefined {
  if (role !== 'bad') {
    return COLORS[role];
  }
  return /^["`]/.test(text) ? 'string' : /^[a-z]*[.:]/.test(text) ? 'label' : undefined;
}

/** TraceQL in colours. */
export function coloredTraceQl(query: string): readonly ColoredToken[] {
  return piecesOf(query).map((piece) => ({ text: piece.text, start: piece.start, color: colorOf(piece) }));
}
