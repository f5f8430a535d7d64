import type { LogCompareAnswer } from '@aegisguard/model';
import { formatCount, formatLogCount } from '../../../lib/number-format.ts';
import { shareWords } from '../patterns/pattern-words.ts';

/** A value whose share is another one in the part than in the rest. */
export type Difference = LogCompareAnswer['values'][number];

/** A value's shares of the logs of the part and of the rest, 0 to 1. */
export interface DifferenceShares {
  readonly inside: number;
  readonly outside: number;
}

/** How a value is spread over part and rest. */
export function sharesOf(
  { inside, outside }: Difference,
  all: Pick<LogCompareAnswer, 'inside' | 'outside'>,
): DifferenceShares {
  return { inside: inside / Math.max(1, all.inside), outside: outside / Math.max(1, all.outside) };
}

function times(factor: number): string {
  return factor >= 10 ? formatCount(Math.round(factor)) : String(Number(factor.toFixed(1)));
}

/** A difference in words: `only here`, `6.2 times as frequent here`. */
export function differenceWords({ inside, outside }: DifferenceShares): string {
  if (outside === 0) {
    return 'only here';
  }
  if (inside === 0) {
    return 'not here';
  }
  const factor = inside / outside;
  return factor >= 1 ? `${times(factor)} times as frequent here` : `${times(1 / factor)} times as frequent elsewhere`;
}

/** Both sides of a value in full, for whom the bars are nothing. */
export function sidesSentence(value: Difference, all: Pick<LogCompareAnswer, 'inside' | 'outside'>): string {
  const { inside, outside } = sharesOf(value, all);
  return `${formatCount(value.inside)} of ${formatLogCount(all.inside)} here (${shareWords(inside)}), ${formatCount(value.outside)} of ${formatCount(all.outside)} elsewhere (${shareWords(outside)})`;
}

/** What was compared with what. */
export function comparedSentence({ inside, outside }: Pick<LogCompareAnswer, 'inside' | 'outside'>): string {
  return `${formatLogCount(inside)} here, compared with ${formatCount(outside)} in the rest of the time range`;
}
