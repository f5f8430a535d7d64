import type { PhoneChain } from './phone-chain.ts';
import { Separator } from './phone-characters.ts';

const { blank, dash, dot, slash } = Separator;

/** Modes of files (`0644 1048576` in listings); none of them is an area code of its own. */
const FILE_MODES: ReadonlySet<number> = new Set([
  400, 440, 444, 500, 555, 600, 640, 644, 660, 664, 666, 700, 750, 755, 770, 775, 777,
]);

/** Whether the first groups are a date, with or without what follows: `2026-11-26 1403`, `26.11.2026 1403`. */
export function isDate(chain: PhoneChain): boolean {
  if (chain.count < 3) return false;
  const between = chain.separators[0] ?? 0;
  if (between !== chain.separators[1]) return false;
  const [first, second, third] = [chain.value(0), chain.value(1), chain.value(2)];
  if (chain.length(0) === 4) {
    return first >= 1900 && first < 2100 && isMonthOrDay(chain, 1, second, 12) && isMonthOrDay(chain, 2, third, 31);
  }
  return (
    between !== blank &&
    chain.length(2) === 4 &&
    third >= 1900 &&
    third < 2100 &&
    isMonthOrDay(chain, 0, first, 31) &&
    isMonthOrDay(chain, 1, second, 31)
  );
}

/** Whether the first two groups are a day and a time of it without separators: `081109 203615`. */
export function isCompactTime(chain: PhoneChain): boolean {
  if (chain.separators[0] !== blank || chain.length(0) !== 6 || chain.length(1) !== 6) return false;
  const [day, time] = [chain.value(0), chain.value(1)];
  const month = Math.floor(day / 100) % 100;
  const isDay = month >= 1 && month <= 12 && day % 100 >= 1 && day % 100 <= 31;
  return isDay && time < 240_000 && Math.floor(time / 100) % 100 < 60 && time % 100 < 60;
}

/** Whether the groups are those of a US social security number, given out or not: `078-05-0000`. */
export function isSocialSecurity(chain: PhoneChain): boolean {
  const isOne = chain.length(0) === 3 && chain.length(1) === 2 && chain.length(2) === 4;
  return isOne && chain.count === 3 && chain.separators[0] === dash && chain.separators[1] === dash;
}

function isMonthOrDay(chain: PhoneChain, group: number, value: number, max: number): boolean {
  return chain.length(group) <= 2 && value >= 1 && value <= max;
}

/** Whether the first four groups have the shape of an IPv4 address; `06.12.34.56.78` is one more. */
export function isDottedQuad(chain: PhoneChain): boolean {
  if (chain.count < 4 || chain.separators[3] === dot) return false;
  for (let group = 0; group < 4; group += 1) {
    if (chain.length(group) > 3 || (group < 3 && chain.separators[group] !== dot)) return false;
  }
  return true;
}

/** Whether groups of three follow one of one to three, with blanks or dots: `1 234 567 890`. */
export function isThousands(chain: PhoneChain, to: number): boolean {
  const bits = chain.separatorsWithin(0, to);
  if ((bits !== blank && bits !== dot) || chain.length(0) > 3) return false;
  for (let group = 1; group < to; group += 1) {
    if (chain.length(group) !== 3) return false;
  }
  return true;
}

/** Whether groups of equal length count up by one: `01 02 03 04 05`. */
export function isCountingUp(chain: PhoneChain, to: number): boolean {
  for (let group = 1; group < to; group += 1) {
    if (chain.value(group) !== chain.value(group - 1) + 1) return false;
  }
  return true;
}

/** Whether the groups are a file's mode and its size. */
export function isFileMode(chain: PhoneChain): boolean {
  return chain.separators[0] === blank && chain.length(0) <= 4 && FILE_MODES.has(chain.value(0));
}

/** Whether all groups up to `to` have two digits: a French number has five, a row of bytes any number. */
export function arePairs(chain: PhoneChain, to: number): boolean {
  return areAll(chain, to, 2);
}

/** Whether all have three: so have the bytes of a dump in decimals. */
export function areTriples(chain: PhoneChain, to: number): boolean {
  return areAll(chain, to, 3);
}

function areAll(chain: PhoneChain, to: number, length: number): boolean {
  for (let group = 0; group < to; group += 1) {
    if (chain.length(group) !== length) return false;
  }
  return true;
}

/** Whether slashes alone separate: the path of a URL, or a fraction of fractions. */
export function isPath(chain: PhoneChain, to: number): boolean {
  return to > 2 && chain.separatorsWithin(0, to) === slash;
}
