// Layouts of Go: https://pkg.go.dev/time#pkg-constants

/** What an element of a layout reads. */
export type LayoutElement =
  | 'month-name'
  | 'month-abbreviation'
  | 'weekday-name'
  | 'weekday-abbreviation'
  | 'zone-name'
  | 'year'
  | 'short-year'
  | 'month'
  | 'padded-month'
  | 'day'
  | 'blank-day'
  | 'padded-day'
  | 'year-day'
  | 'blank-year-day'
  | 'hour'
  | 'hour12'
  | 'padded-hour12'
  | 'minute'
  | 'padded-minute'
  | 'second'
  | 'padded-second'
  | 'half'
  | 'lower-half';

/** A piece of a layout: literal text, an element, a fraction of a second, or an offset from UTC. */
export type LayoutPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'element'; readonly element: LayoutElement }
  /** `digits` undefined: as many as there are, none too. */
  | { readonly kind: 'fraction'; readonly digits: number | undefined }
  | { readonly kind: 'offset'; readonly form: string; readonly hasZ: boolean };

/** Longest first where one begins as another does. */
const ELEMENTS: readonly (readonly [text: string, element: LayoutElement])[] = [
  ['January', 'month-name'],
  ['Jan', 'month-abbreviation'],
  ['Monday', 'weekday-name'],
  ['Mon', 'weekday-abbreviation'],
  ['MST', 'zone-name'],
  ['002', 'year-day'],
  ['__2', 'blank-year-day'],
  ['2006', 'year'],
  ['01', 'padded-month'],
  ['02', 'padded-day'],
  ['03', 'padded-hour12'],
  ['04', 'padded-minute'],
  ['05', 'padded-second'],
  ['06', 'short-year'],
  ['15', 'hour'],
  ['_2', 'blank-day'],
  ['1', 'month'],
  ['2', 'day'],
  ['3', 'hour12'],
  ['4', 'minute'],
  ['5', 'second'],
  ['PM', 'half'],
  ['pm', 'lower-half'],
];
/** A lower-case letter behind these makes another word of them. */
const WORDS: ReadonlySet<string> = new Set(['Jan', 'Mon']);
const OFFSETS = ['07:00:00', '07:00', '070000', '0700', '07'];
const FRACTION = /[.,](0+|9+)(?!\d)/y;

/** The layouts that have names. */
const NAMED: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};

/** Takes a layout, or the name of one, apart. */
export function parseGoLayout(given: string): readonly LayoutPart[] {
  const layout = Object.hasOwn(NAMED, given) ? (NAMED[given] ?? given) : given;
  const parts: LayoutPart[] = [];
  let text = '';
  let at = 0;
  while (at < layout.length) {
    const found = partAt(layout, at);
    if (found === undefined) {
      text += layout.charAt(at);
      at += 1;
      continue;
    }
    if (text !== '') {
      parts.push({ kind: 'text', text });
      text = '';
    }
    parts.push(found.part);
    at += found.length;
  }
  return text === '' ? parts : [...parts, { kind: 'text', text }];
}

function partAt(layout: string, at: number): { readonly part: LayoutPart; readonly length: number } | undefined {
  const first = layout.charAt(at);
  if (first === '-' || first === 'Z') {
    const form = OFFSETS.find((each) => layout.startsWith(each, at + 1));
    return form === undefined
      ? undefined
      : { part: { kind: 'offset', form, hasZ: first === 'Z' }, length: form.length + 1 };
  }
  FRACTION.lastIndex = at;
  const digits = FRACTION.exec(layout)?.[1];
  if (digits !== undefined) {
    const isExact = digits.startsWith('0');
    return { part: { kind: 'fraction', digits: isExact ? digits.length : undefined }, length: digits.length + 1 };
  }
  // `_2006` is a year behind a line.
  if (layout.startsWith('_2006', at)) {
    return undefined;
  }
  const found = ELEMENTS.find(
    ([text]) => layout.startsWith(text, at) && !(WORDS.has(text) && /[a-z]/.test(layout.charAt(at + text.length))),
  );
  return found === undefined ? undefined : { part: { kind: 'element', element: found[1] }, length: found[0].length };
}
