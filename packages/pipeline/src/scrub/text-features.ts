/** What one pass over a text's characters says could be in it. A bit that is not set proves that there is none; one that is set proves nothing. */
export const TextFeature = {
  /** An `@`, or its percent-encoding. */
  at: 1 << 0,
  /** At least seven digits, as all numbers of persons have. */
  digits: 1 << 1,
  /** A digit, a dot, a digit: an IPv4 address has three. */
  dottedDigits: 1 << 2,
  /** Two colons with nothing but hexadecimal digits between them, or `::`: an IPv6 address. */
  colons: 1 << 3,
  /** A run of at least 16 characters of `[A-Za-z0-9_-]`: tokens. */
  longRun: 1 << 4,
  /** `=` or `:`, by which a name is given a value. */
  assignment: 1 << 5,
  /** `://`. */
  url: 1 << 6,
  /** `eyJ`, the beginning of JSON in base64. */
  jsonBase64: 1 << 7,
  /** `-----`. */
  dashes: 1 << 8,
  /** A character outside of ASCII. */
  nonAscii: 1 << 9,
} as const;

/** The bits of a text. */
export function featuresOf(_text: string): number {
  return 0;
}
