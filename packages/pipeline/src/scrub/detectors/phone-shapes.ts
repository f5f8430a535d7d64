import type { PhoneChain } from './phone-chain.ts';
import { isDigit, Separator } from './phone-characters.ts';
import {
  arePairs,
  areTriples,
  isCompactTime,
  isCountingUp,
  isDate,
  isDottedQuad,
  isFileMode,
  isPath,
  isSocialSecurity,
  isThousands,
} from './phone-lookalikes.ts';
import type { PhoneNumbering, Verdict } from './phone-numbering.ts';

const { blank, dash, dot, slash, close } = Separator;

/** E.164: a country code and a number have fifteen digits at most. */
const DIGITS_MAX = 15;
/** Numbers with a country code: Niue has four digits behind it, and 7 is what all of ours have at least. */
export const DIGITS_MIN = 7;
const ASSIGNED_MIN = 10;
/** National ones with their prefix, where nothing but their shape speaks for them: `0911 12345` and `0811 7785 99831`. */
const NATIONAL_MIN = 9;
const NATIONAL_MAX = 13;

/** Whether a number may end behind group `to - 1`. */
export type MayEnd = (to: number) => boolean;

/** How many groups of the chain are a number with a country code, from group `from`, whose first `skip` digits are the prefix `00` or `011`; 0 when none. The longest that is given out wins, then the longest of a right length. */
export function internationalGroups(
  chain: PhoneChain,
  skip: number,
  numbering: PhoneNumbering,
  mayEnd: MayEnd,
): number {
  let possible = 0;
  for (let to = groupsUpTo(chain, DIGITS_MAX + skip); to > 0; to -= 1) {
    const digits = chain.digits(0, to).slice(skip);
    if (digits.length < DIGITS_MIN) break;
    if (digits.charCodeAt(0) === 48 || isCutInside(chain, to) || isFloatAndMore(chain, to) || !mayEnd(to)) continue;
    const verdict = numbering.international(digits);
    if (verdict === 'valid') return to;
    if (possible === 0 && mayBeUnlisted(chain, to, digits.length, verdict, skip > 0)) possible = to;
  }
  return possible;
}

// Plans change and old numbers stay in databases: ten digits behind a plus are not looked up. Behind `00` they are, since numbers are padded with zeros. `+12.345678901` is a float with a sign.
function mayBeUnlisted(chain: PhoneChain, to: number, length: number, verdict: Verdict, hasZeros: boolean): boolean {
  const bits = chain.separatorsWithin(0, to);
  if (verdict === 'none' || bits === dot) return false;
  if (hasZeros) return verdict === 'possible' && (bits & (dash | close)) !== 0;
  return length >= ASSIGNED_MIN || (verdict === 'possible' && length >= 8);
}

/** How many groups are a North American number: `(415) 555-0132`, `1-415-555-0132`. The shape is enough: tests and documents are full of `555`, which nobody has. */
export function northAmericanGroups(chain: PhoneChain, areBlanksEnough: boolean, mayEnd: MayEnd): number {
  const area = chain.length(0) === 1 && chain.value(0) === 1 ? 1 : 0;
  const isWhole = chain.length(area + 1) === 7;
  const to = area + (isWhole ? 2 : 3);
  if (chain.count < to || chain.length(area) !== 3 || !mayEnd(to)) return 0;
  if (!isWhole && (chain.length(area + 1) !== 3 || chain.length(area + 2) !== 4)) return 0;
  const between = chain.separators[area] ?? 0;
  const last = isWhole ? 0 : (chain.separators[area + 1] ?? 0);
  if ((between & close) !== 0) return (last & ~(blank | dash | dot)) === 0 ? to : 0;
  if (isWhole || chain.value(area) < 200 || chain.value(area + 1) < 200) return 0;
  const areSizes = isRound(chain.value(area)) && isRound(chain.value(area + 1));
  return (areBlanksEnough && (between | last) === blank && !areSizes) || areNorthAmericanSeparators(between, last)
    ? to
    : 0;
}

// `256 512 1024`, `250 500 1000`: sizes, limits of buckets.
function isRound(value: number): boolean {
  return value % 64 === 0 || value % 50 === 0;
}

// `415 555-0132`, `415.555.0132`, `415/555-0132`, `415-555 0132`; not `256 512 1024`.
function areNorthAmericanSeparators(between: number, last: number): boolean {
  return (last & (dash | dot)) !== 0 || (last === blank && (between & dash) !== 0);
}

/** How many groups are a national number as a policy's other regions write them, confirmed by their numbering plans. */
export function nationalGroups(
  text: string,
  chain: PhoneChain,
  isAlone: boolean,
  numbering: PhoneNumbering,
  mayEnd: MayEnd,
): number {
  if (chain.count < 2 || isDottedQuad(chain) || isFileMode(chain)) return 0;
  if (isDate(chain) || isCompactTime(chain) || isSocialSecurity(chain)) return 0;
  if (chain.length(0) === 5 && chain.length(1) === 5 && chain.count === 2) {
    const groups = indianGroups(text, chain, numbering, mayEnd);
    if (groups > 0) return groups;
  }
  const startsWithZero = text.charCodeAt(chain.starts[0] ?? 0) === 48;
  const hasParentheses = chain.isOpen && ((chain.separators[0] ?? 0) & close) !== 0;
  if (startsWithZero ? !isPrefixed(text, chain) : !(hasParentheses ? chain.length(0) <= 4 : numbering.hasUnprefixed)) {
    return 0;
  }
  const which = startsWithZero || hasParentheses ? 'any' : 'unprefixed';
  const digitsMin = startsWithZero ? NATIONAL_MIN : NATIONAL_MIN - 1;
  return longestGroups(chain, digitsMin, (to) => {
    if (!mayEnd(to) || !isWrittenNationally(text, chain, to, isAlone || hasParentheses)) return false;
    return numbering.isNational(chain.digits(0, to), which);
  });
}

function longestGroups(chain: PhoneChain, digitsMin: number, isNumber: (to: number) => boolean): number {
  let to = chain.count;
  let digits = chain.total;
  while (to >= 2 && digits >= digitsMin) {
    if (digits <= NATIONAL_MAX && isNumber(to)) return to;
    to -= 1;
    digits -= chain.length(to);
  }
  return 0;
}

// `0171`, `06`, but no `0.5` and no `00`.
function isPrefixed(text: string, chain: PhoneChain): boolean {
  return text.charCodeAt((chain.starts[0] ?? 0) + 1) !== 48 && chain.length(0) >= 2 && chain.length(0) <= 6;
}

// Whether the separators are those of a number, not those of rows of numbers, paths, thousands.
function isWrittenNationally(text: string, chain: PhoneChain, to: number, isMarked: boolean): boolean {
  if (chain.length(to - 1) < 2 || isPath(chain, to) || isCountingUp(chain, to) || isRowOfTriples(text, chain, to)) {
    return false;
  }
  const bits = chain.separatorsWithin(0, to);
  if (bits === slash && text[chain.ends[0] ?? 0] === '/' && text[chain.start - 1] === '/') return false;
  if (arePairs(chain, to) && (to !== 5 || (bits & blank) !== 0)) {
    if (to !== chain.count || isInRow(text, chain, to)) return false;
    if (to !== 5 && !isMarked) return false;
  }
  const startsWithZero = text.charCodeAt(chain.starts[0] ?? 0) === 48;
  if (!startsWithZero && !isMarked && (bits === blank || isThousands(chain, to))) return false;
  return (bits & blank) === 0 || !isInRowBefore(text, chain);
}

// `085 242 148 142 017 …`
function isRowOfTriples(text: string, chain: PhoneChain, to: number): boolean {
  return (
    areTriples(chain, to) && chain.separatorsWithin(0, to) === blank && (to < chain.count || isInRow(text, chain, to))
  );
}

// `98765 43210`: a mobile number of India, alone among words, since pairs of numbers are common.
function indianGroups(text: string, chain: PhoneChain, numbering: PhoneNumbering, mayEnd: MayEnd): number {
  if (!numbering.hasIndian || chain.separators[0] !== blank || text.charCodeAt(chain.start) < 54 || !mayEnd(2))
    return 0;
  if (isInRow(text, chain, 2) || isOffsetAndLength(text, chain)) return 0;
  return numbering.isNational(chain.digits(0, 2), 'IN') ? 2 : 0;
}

// `part-0:98765+43210`, as Hadoop names parts of files.
function isOffsetAndLength(text: string, chain: PhoneChain): boolean {
  return text[chain.ends[0] ?? 0] === '+' && text[chain.start - 1] === ':';
}

/** How many groups are a number where the words before it say that there is one, whatever the country: all, but for a blank behind ten digits, which ends a number rather than going on with it. */
export function groupsInContext(chain: PhoneChain, mayEnd: MayEnd): number {
  if (isDate(chain) || isDottedQuad(chain)) return 0;
  let digits = chain.length(0);
  let to = 1;
  while (to < chain.count) {
    const next = chain.length(to);
    const goesOn = chain.separators[to - 1] !== blank || digits < 10 || (next === 2 && chain.length(to - 1) <= 3);
    if (!goesOn || digits + next > DIGITS_MAX) break;
    digits += next;
    to += 1;
  }
  while (to > 0 && digits >= DIGITS_MIN && digits <= DIGITS_MAX) {
    if (!isCutInside(chain, to) && mayEnd(to)) return to;
    to -= 1;
    digits -= chain.length(to);
  }
  return 0;
}

/** Whether the words are few and the number must speak for itself, too: three groups that are no thousands, with nine digits or more. */
export function isLikelyNumber(chain: PhoneChain, to: number): boolean {
  return to > 1 && chain.digits(0, to).length >= NATIONAL_MIN && !isThousands(chain, to) && !isPath(chain, to);
}

function groupsUpTo(chain: PhoneChain, digitsMax: number): number {
  let to = chain.count;
  let digits = chain.total;
  while (to > 0 && digits > digitsMax) {
    to -= 1;
    digits -= chain.length(to);
  }
  return to;
}

// A chain that goes on with anything but a blank is one thing: its beginning is not another.
function isCutInside(chain: PhoneChain, to: number): boolean {
  return to < chain.count && ((chain.separators[to - 1] ?? 0) & blank) === 0;
}

// `+52.5200 13.4050`
function isFloatAndMore(chain: PhoneChain, to: number): boolean {
  return to > 2 && chain.separators[0] === dot && chain.separators[1] === blank;
}

function isInRow(text: string, chain: PhoneChain, to: number): boolean {
  const end = chain.ends[to - 1] ?? 0;
  const next = text.charCodeAt(end + 1);
  return isInRowBefore(text, chain) || (text.charCodeAt(end) === 32 && (isDigit(next) || isHexPair(text, end + 1)));
}

function isInRowBefore(text: string, chain: PhoneChain): boolean {
  return chain.isInRow || (text.charCodeAt(chain.start - 1) === 32 && isHexPair(text, chain.start - 3));
}

// `9a` of a dump of bytes, a word of its own.
function isHexPair(text: string, at: number): boolean {
  return /^[\da-f]{2}(?![a-z])/i.test(text.slice(at, at + 3)) && !/[a-z\d]/i.test(text[at - 1] ?? '');
}
