import type { DailyUsage } from './driver.ts';

/** The counts of a day without anything. */
export const NO_USAGE: Omit<DailyUsage, 'date'> = {
  logsCount: 0,
  logsBytes: 0,
  metricsCount: 0,
  spansCount: 0,
  spansBytes: 0,
  rumCount: 0,
  rumBytes: 0,
};
