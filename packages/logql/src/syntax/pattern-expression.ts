// https://grafana.com/docs/loki/latest/query/log_queries/#pattern
/** A piece of a pattern: a text as it stands, or a capture, whose name is '' when it has none (`<_>`). */
export type PatternPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'capture'; readonly name: string };

const CAPTURE = /<([A-Za-z_][A-Za-z0-9_]*)>/g;

/** Cuts `<ip> - <_>` into its pieces. What stands in angle brackets and is no name is text. */
export function patternPieces(expression: string): readonly PatternPiece[] {
  const pieces: PatternPiece[] = [];
  let at = 0;
  for (const match of expression.matchAll(CAPTURE)) {
    if (match.index > at) {
      pieces.push({ kind: 'text', text: expression.slice(at, match.index) });
    }
    const name = match[1] ?? '';
    pieces.push({ kind: 'capture', name: name === '_' ? '' : name });
    at = match.index + match[0].length;
  }
  if (at < expression.length) {
    pieces.push({ kind: 'text', text: expression.slice(at) });
  }
  return pieces;
}

function consecutiveProblem(pieces: readonly PatternPiece[]): string | undefined {
  const shown = (piece: PatternPiece | undefined): string | undefined =>
    piece?.kind === 'capture' ? `<${piece.name === '' ? '_' : piece.name}>` : undefined;
  for (const [index, piece] of pieces.entries()) {
    const [first, second] = [shown(piece), shown(pieces[index + 1])];
    if (first !== undefined && second !== undefined) {
      return `found consecutive capture '${first}${second}': invalid expression`;
    }
  }
  return undefined;
}

/** What is wrong with the pattern of a parser, in Loki's words; undefined when nothing is. */
export function patternProblem(expression: string): string | undefined {
  const pieces = patternPieces(expression);
  const names = pieces.flatMap((piece) => (piece.kind === 'capture' && piece.name !== '' ? [piece.name] : []));
  if (names.length === 0) {
    return 'at least one capture is required';
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return (
    consecutiveProblem(pieces) ??
    (twice === undefined ? undefined : `duplicate capture name (${twice}): invalid expression`)
  );
}

/** The same of a line filter's pattern, whose captures have no names. */
export function linePatternProblem(expression: string): string | undefined {
  const pieces = patternPieces(expression);
  return pieces.some((piece) => piece.kind === 'capture' && piece.name !== '')
    ? 'named captures are not allowed'
    : consecutiveProblem(pieces);
}
