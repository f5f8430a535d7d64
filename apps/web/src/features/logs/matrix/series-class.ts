import type { SeriesColor } from '../../../charts/prepare/line-series.ts';

/** Class names must stand in the source as whole words for Tailwind to find them. */
const BACKGROUND: Readonly<Record<string, string>> = {
  'level-trace': 'bg-level-trace',
  'level-debug': 'bg-level-debug',
  'level-info': 'bg-level-info',
  'level-warn': 'bg-level-warn',
  'level-error': 'bg-level-error',
  'level-fatal': 'bg-level-fatal',
  'series-1': 'bg-series-1',
  'series-2': 'bg-series-2',
  'series-3': 'bg-series-3',
  'series-4': 'bg-series-4',
  'series-5': 'bg-series-5',
  'series-6': 'bg-series-6',
  'series-7': 'bg-series-7',
  'series-8': 'bg-series-8',
};

/** The background of a series' mark. */
export function seriesBackground(color: SeriesColor): string | undefined {
  return BACKGROUND[color];
}
