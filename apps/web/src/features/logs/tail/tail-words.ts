import { formatCount, formatLogCount } from '../../../lib/number-format.ts';
import { LINES_MAX, type TailShown } from './live-tail.ts';

function rateWords(linesPerSecond: number): string {
  const shown = linesPerSecond >= 10 ? formatCount(Math.round(linesPerSecond)) : Number(linesPerSecond.toFixed(1));
  return `${shown} ${linesPerSecond === 1 ? 'line' : 'lines'}/s`;
}

/** How the tail is, in a few words. */
export function stateWords({ state, error, linesPerSecond }: TailShown): string {
  switch (state) {
    case 'connecting':
      return error === undefined ? 'Connecting…' : 'Connecting again…';
    case 'open':
      return rateWords(linesPerSecond);
    case 'waiting':
      return `${error?.title ?? 'The connection was lost'}; trying again`;
    case 'asleep':
      return 'Stopped while the tab was hidden';
    case 'over':
      return 'Stopped';
  }
}

/** Lines that never came; undefined when all did. */
export function missedWords(missed: number): string | undefined {
  return missed === 0 ? undefined : `${formatCount(missed)} ${missed === 1 ? 'line' : 'lines'} missed`;
}

/** What the list has of all that came. */
export function keptWords({ lines, received, forgotten }: Pick<TailShown, 'lines' | 'received' | 'forgotten'>): string {
  return forgotten === 0
    ? formatLogCount(received)
    : `the newest ${formatCount(Math.min(lines.length, LINES_MAX))} of ${formatLogCount(received)}`;
}

/** What has come since the list was stopped. */
export function waitingWords(count: number): string {
  return count === 0 ? 'nothing new' : `${formatCount(count)} new ${count === 1 ? 'line' : 'lines'}`;
}
