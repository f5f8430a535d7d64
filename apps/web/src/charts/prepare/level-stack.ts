import type { LogHistogramAnswer, LogLevel } from '@aegisguard/model';
import type { KindHistogram, StackStyle } from './stacked-bars.ts';

/** How levels are stacked: the severe ones stand on the axis, and even one is two pixels high. */
export const LEVEL_STACK: StackStyle<LogLevel> = {
  order: ['fatal', 'error', 'warn', 'info', 'debug', 'trace'],
  heightMinPx: { fatal: 2, error: 2, warn: 1, info: 1, debug: 1, trace: 1 },
};

/** An answer of the API as counts by level. */
export function levelHistogram({ start, stepMs, bars, levels }: LogHistogramAnswer): KindHistogram<LogLevel> {
  return { start, stepMs, bars, kinds: levels.map(({ level, counts }) => ({ kind: level, counts })) };
}
