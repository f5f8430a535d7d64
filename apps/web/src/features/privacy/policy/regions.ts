/** Codes that have a name and are no country with phones of its own: groups of countries, and what is reserved. */
const NO_COUNTRIES: ReadonlySet<string> = new Set([
  'AQ',
  'BV',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'GS',
  'HM',
  'IC',
  'PN',
  'QO',
  'TF',
  'UM',
  'UN',
  'XA',
  'XB',
  'ZZ',
]);
const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));

const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** `Germany` for `DE`; a code without a name is its own. */
export function regionName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code;
}

/** True for a code that has been replaced by another, as `DD` by `DE`. */
function isReplaced(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region !== code;
}

/** The countries that the browser knows, by name. */
export function allRegions(): readonly string[] {
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRIES.has(code) && regionName(code) !== code && !isReplaced(code))
    .toSorted((a, b) => regionName(a).localeCompare(regionName(b), 'en'));
}
