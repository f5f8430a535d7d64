/**
 * What one pass over a text's characters says could be in it. A bit that is not set proves that there is none; one that is set proves nothing. The detectors see a text with its escapes decoded (`decodeEscapes`), and the bits are
 * those of the decoded text.
 */
export const TextFeature = {
  /** An `@`, or its percent-encoding. */
  at: 1 << 0,
  /** Seven digits with nothing but blanks, signs of numbers (`.`, `-`, `+`, `/`, `(`, `)`, `%`) or characters outside of ASCII among them, as telephones' numbers have. */
  sevenDigits: 1 << 1,
  /** `,`, `>`, `||` or `--`, by which a name is given a value more rarely: `<token>x</token>`, `--password x`. */
  signs: 1 << 2,
  /** A run of at least 16 characters of `[A-Za-z0-9_-]`: tokens. */
  longRun: 1 << 3,
  /** `=` or `:`, by which a name is given a value. */
  assignment: 1 << 4,
  /** `eyJ`, the beginning of JSON in base64. */
  jsonBase64: 1 << 5,
  /** `-----`. */
  dashes: 1 << 6,
  /** A character outside of ASCII. */
  nonAscii: 1 << 7,
  /** Three dots that stand between digits: an IPv4 address. */
  threeDottedDigits: 1 << 8,
  /** `::`, or six colons: an IPv6 address has seven, or six before an IPv4 address at its end. */
  ipv6Colons: 1 << 9,
  /** As `sevenDigits`, with nine. */
  nineDigits: 1 << 10,
  /** The same with thirteen. */
  thirteenDigits: 1 << 11,
  /** At least seven digits, and two letters and two digits, as an IBAN begins: capitals anywhere, others where a word begins. */
  iban: 1 << 12,
  /** `%` or `\`, by which characters are escaped. */
  escapes: 1 << 13,
} as const;

/** Classes of bytes, beside the features that a byte alone brings. Letters but `J` have none, so that the loop is over them in a step. */
const SEPARATOR = 1 << 15;
/** Ends a run of `[A-Za-z0-9_-]`. */
const RUN_END = 1 << 16;
/** Brings a feature together with what is around it. */
const MARK = 1 << 17;
/** The same, but only with many digits around it or another one beside it. Counted, as digits are, in six bits from here on: enough for a short text. */
const MILD_MARK_SHIFT = 18;
const MILD_MARK = 1 << MILD_MARK_SHIFT;
const DIGIT_SHIFT = 24;
const DIGIT = 1 << DIGIT_SHIFT;
const COUNT_MASK = 63;
/** What `markAt` says besides features: that there is one more colon, or one more dot among digits. */
const COLON_SHIFT = 28;
const DOT_SHIFT = 29;
const FEATURES = SEPARATOR - 1;

const BEYOND_ASCII = SEPARATOR | RUN_END | TextFeature.nonAscii;
const CLASSES = new Int32Array(256).fill(BEYOND_ASCII, 128);
for (let byte = 0; byte < 128; byte += 1) {
  const character = String.fromCharCode(byte);
  CLASSES[byte] =
    (/[0-9]/.test(character) ? DIGIT : 0) |
    (/[ .+%()/-]/.test(character) ? SEPARATOR : 0) |
    (/[^A-Za-z0-9_-]/.test(character) ? RUN_END : 0) |
    (/[:%J]/.test(character) ? MARK : 0) |
    (/[-.|]/.test(character) ? MILD_MARK : 0) |
    (/[,>]/.test(character) ? TextFeature.signs : 0) |
    (/[=:]/.test(character) ? TextFeature.assignment : 0) |
    (/[\\%]/.test(character) ? TextFeature.escapes : 0) |
    (character === '@' ? TextFeature.at : 0);
}

/** The text's UTF-8 bytes lie behind this many zeros, so that a look back needs no check of bounds. */
const FRONT = 8;
/** And two before whatever a longer text has left behind, for a look ahead. */
const TAIL = 2;
/** Texts up to this many UTF-16 codes share one buffer; at most three bytes for each, and a zero at the end. */
const SHARED_CODES_MAX = 65_536;
const SHARED = new Uint8Array(FRONT + SHARED_CODES_MAX * 3 + TAIL);
const SHARED_TEXT = SHARED.subarray(FRONT);
const ENCODER = new TextEncoder();

/** Below this many codes, a loop over them is faster than a call of the encoder. */
const ENCODED_CODES_MIN = 48;
const RUN_MIN = 16;
const DIGITS_MIN = 7;

/** The bits of a text. Bytes are twice as fast to walk as the codes of a string, and encoding is done by the engine at some gigabytes a second. */
export function featuresOf(text: string): number {
  if (text.length < ENCODED_CODES_MIN) {
    return scanShort(text);
  }
  const isShared = text.length <= SHARED_CODES_MAX;
  const bytes = isShared ? SHARED : new Uint8Array(FRONT + text.length * 3 + TAIL);
  const end = FRONT + ENCODER.encodeInto(text, isShared ? SHARED_TEXT : bytes.subarray(FRONT)).written;
  return scan(bytes, end);
}

/** Most short texts are words and small numbers, which one pass proves to have no feature. Every code outside of ASCII is the same to the scan. */
function scanShort(text: string): number {
  const { length } = text;
  let seen = 0;
  let counts = 0;
  let doubled = 0;
  let before = 0;
  let runStart = 0;
  let longestRun = 0;
  for (let index = 0; index < length; index += 1) {
    const code = Math.min(text.charCodeAt(index), 128);
    const kind = CLASSES[code] as number;
    SHARED[FRONT + index] = code;
    seen |= kind;
    counts += kind & (DIGIT | MILD_MARK);
    doubled |= kind & before;
    before = kind;
    if ((kind & RUN_END) !== 0) {
      longestRun = Math.max(longestRun, index - runStart);
      runStart = index + 1;
    }
  }
  const isPlain =
    (seen & (FEATURES | MARK)) === 0 &&
    (doubled & MILD_MARK) === 0 &&
    Math.max(longestRun, length - runStart) < RUN_MIN &&
    hasFewDigits(counts >>> DIGIT_SHIFT, (counts >>> MILD_MARK_SHIFT) & COUNT_MASK);
  return isPlain ? 0 : scan(SHARED, FRONT + length);
}

/** Too few for a number of a person, and, where there are three dots, for an address. */
function hasFewDigits(digits: number, dots: number): boolean {
  return digits < DIGITS_MIN && (digits < 4 || dots < 3);
}

function scan(bytes: Uint8Array, end: number): number {
  bytes[end] = 0;
  bytes[end + 1] = 0;
  let seen = 0;
  let digits = 0;
  let colons = 0;
  let dots = 0;
  let runStart = FRONT;
  let longestRun = 0;
  let digitsBefore = 0;
  let numberEnd = FRONT;
  let longestNumber = 0;
  for (let at = FRONT; at < end; at += 1) {
    const byte = bytes[at] as number;
    const kind = CLASSES[byte] as number;
    if (kind === 0) {
      continue;
    }
    if (kind === DIGIT) {
      if (numberEnd !== at) {
        longestNumber = Math.max(longestNumber, digits - digitsBefore);
        digitsBefore = digits;
        seen |= ibanHeadAt(bytes, at);
      }
      digits += 1;
      numberEnd = at + 1;
      continue;
    }
    seen |= kind;
    if ((kind & RUN_END) !== 0) {
      longestRun = Math.max(longestRun, at - runStart);
      runStart = at + 1;
    }
    if ((kind & SEPARATOR) !== 0 && numberEnd === at) {
      numberEnd = at + 1;
    }
    if ((kind & (MARK | MILD_MARK)) !== 0) {
      const mark = markAt(bytes, at, byte);
      seen |= mark;
      colons += (mark >>> COLON_SHIFT) & 1;
      dots += (mark >>> DOT_SHIFT) & 1;
    }
  }
  longestRun = Math.max(longestRun, end - runStart);
  longestNumber = Math.max(longestNumber, digits - digitsBefore);
  // A head without digits behind it is none of an IBAN.
  const possible = digits >= DIGITS_MIN ? FEATURES : FEATURES & ~TextFeature.iban;
  return (seen & possible) | countedBits(colons, dots) | lengthBits(longestRun, longestNumber);
}

function countedBits(colons: number, dots: number): number {
  return (colons >= 6 ? TextFeature.ipv6Colons : 0) | (dots >= 3 ? TextFeature.threeDottedDigits : 0);
}

function lengthBits(longestRun: number, longestNumber: number): number {
  return (
    (longestRun >= RUN_MIN ? TextFeature.longRun : 0) |
    (longestNumber >= DIGITS_MIN ? TextFeature.sevenDigits : 0) |
    (longestNumber >= 9 ? TextFeature.nineDigits : 0) |
    (longestNumber >= 13 ? TextFeature.thirteenDigits : 0)
  );
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function isUpper(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 65 && byte <= 90;
}

function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 97 && byte <= 122;
}

/** Asked at the first digit behind something else. */
function ibanHeadAt(bytes: Uint8Array, at: number): number {
  const before = bytes[at - 1];
  if (!isDigit(bytes[at + 1])) {
    return 0;
  }
  if (isUpper(before)) {
    return isUpper(bytes[at - 2]) ? TextFeature.iban : 0;
  }
  if (!isLower(before) || !isLower(bytes[at - 2])) {
    return 0;
  }
  const boundary = bytes[at - 3];
  return isLower(boundary) || isUpper(boundary) || isDigit(boundary) ? 0 : TextFeature.iban;
}

/** The bits that a mark brings; the most frequent first. */
function markAt(bytes: Uint8Array, at: number, byte: number): number {
  if (byte === 45 /* - */) {
    return bytes[at - 1] === 45 ? dashesAt(bytes, at) : 0;
  }
  if (byte === 46 /* . */) {
    return isDigit(bytes[at - 1]) && isDigit(bytes[at + 1]) ? 1 << DOT_SHIFT : 0;
  }
  if (byte === 58 /* : */) {
    return (1 << COLON_SHIFT) | (bytes[at - 1] === 58 ? TextFeature.ipv6Colons : 0);
  }
  if (byte === 74 /* J */) {
    return bytes[at - 1] === 121 && bytes[at - 2] === 101 ? TextFeature.jsonBase64 : 0;
  }
  if (byte === 124 /* | */) {
    return bytes[at - 1] === 124 ? TextFeature.signs : 0;
  }
  return isEncodedAt(bytes, at) ? TextFeature.at : 0;
}

/** Asked at the second dash, or a later one. */
function dashesAt(bytes: Uint8Array, at: number): number {
  const areFive = bytes[at - 2] === 45 && bytes[at - 3] === 45 && bytes[at - 4] === 45;
  return TextFeature.signs | (areFive ? TextFeature.dashes : 0);
}

/** Asked at `%`: `%40`, or `%25`, behind which a `40` may follow. */
function isEncodedAt(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + 1] === 52 && bytes[at + 2] === 48) || (bytes[at + 1] === 50 && bytes[at + 2] === 53);
}
