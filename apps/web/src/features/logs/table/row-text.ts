/** Characters of a message that a row draws: a message may have a megabyte, and all of it is in the detail. */
export const LINE_CHARACTERS_MAX = 1500;

/** The same for wrapped rows, where more is of use. */
export const WRAPPED_CHARACTERS_MAX = 6000;

/** A piece of a message, marked when it is what was searched for. */
export interface TextPiece {
  readonly text: string;
  readonly start: number;
  readonly isMarked: boolean;
}

/** The start of a message, cut between code points. */
export function cutText(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) {
    return text;
  }
  const code = text.charCodeAt(charactersMax - 1);
  const splitsPair = code >= 0xd800 && code <= 0xdbff;
  return `${text.slice(0, splitsPair ? charactersMax - 1 : charactersMax)}…`;
}

/** Cuts a text where the searched texts begin and end; where two overlap, the first wins. */
export function markText(text: string, searched: readonly string[]): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  while (at < text.length) {
    let next = -1;
    let length = 0;
    for (const wanted of searched) {
      const found = text.indexOf(wanted, at);
      if (wanted !== '' && found >= 0 && (next < 0 || found < next)) {
        next = found;
        length = wanted.length;
      }
    }
    if (next < 0) {
      break;
    }
    if (next > at) {
      pieces.push({ text: text.slice(at, next), start: at, isMarked: false });
    }
    pieces.push({ text: text.slice(next, next + length), start: next, isMarked: true });
    at = next + length;
  }
  return at < text.length ? [...pieces, { text: text.slice(at), start: at, isMarked: false }] : pieces;
}
