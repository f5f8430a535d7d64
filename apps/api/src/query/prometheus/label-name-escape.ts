// https://github.com/prometheus/proposals/blob/main/proposals/0028-utf8.md#text-escaping

const PREFIX = 'U__';
/** Two underscores for one, `_<hexadecimal code point>_` for anything else that is no letter, digit or underscore. */
const PIECE = /__|_([0-9a-fA-F]{1,6})_|[A-Za-z0-9:]/gy;

/** A label's name from a path: `U__http_2e_status` is `http.status`; a name that is not escaped, or not well, is meant as it stands. */
export function unescapeLabelName(name: string): string {
  if (!name.startsWith(PREFIX)) {
    return name;
  }
  let text = '';
  PIECE.lastIndex = PREFIX.length;
  while (PIECE.lastIndex < name.length) {
    const match = PIECE.exec(name);
    const piece = match === null ? undefined : unescapePiece(match[0], match[1]);
    if (piece === undefined) {
      PIECE.lastIndex = 0;
      return name;
    }
    text += piece;
  }
  return text;
}

function unescapePiece(written: string, code: string | undefined): string | undefined {
  if (code === undefined) {
    return written === '__' ? '_' : written;
  }
  const point = Number.parseInt(code, 16);
  const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : undefined;
}
