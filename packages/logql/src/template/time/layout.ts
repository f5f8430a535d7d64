// Go's layouts, which show a reference time: https://pkg.go.dev/time#pkg-constants

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|(?<=_)2006|_(?=2006)|2006|__2|_2|[2-5]|PM|pm|[-Z]07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?![0-9])/g;

/** A piece of a layout: text that stands for itself, or an element of the reference time. */
export interface LayoutPiece {
  readonly isElement: boolean;
  readonly text: string;
}

/** Layouts repeat with every line; they are written in queries, or come from lines. */
const LAYOUTS_MAX = 256;
const KEPT_LENGTH_MAX = 256;
const layouts = new Map<string, readonly LayoutPiece[]>();

/** Cuts a layout into its pieces. */
export function layoutPieces(layout: string): readonly LayoutPiece[] {
  const known = layouts.get(layout);
  if (known !== undefined) {
    return known;
  }
  const pieces: LayoutPiece[] = [];
  let at = 0;
  for (const match of layout.matchAll(ELEMENT)) {
    const [text] = match;
    if (text !== '_') {
      if (match.index > at) {
        pieces.push({ isElement: false, text: layout.slice(at, match.index) });
      }
      pieces.push({ isElement: true, text });
      at = match.index + text.length;
    }
  }
  if (at < layout.length) {
    pieces.push({ isElement: false, text: layout.slice(at) });
  }
  if (layout.length <= KEPT_LENGTH_MAX) {
    if (layouts.size >= LAYOUTS_MAX) {
      layouts.clear();
    }
    layouts.set(layout, pieces);
  }
  return pieces;
}
