import type { DailyUsage } from '@aegisguard/storage';

/** What is counted per day. */
export type UsageTotals = Omit<DailyUsage, 'date'>;

const NOTHING: UsageTotals = {
  logsCount: 0,
  logsBytes: 0,
  metricsCount: 0,
  spansCount: 0,
  spansBytes: 0,
  rumCount: 0,
  rumBytes: 0,
};

/** The sum of days, of everything that is counted. */
export function usageTotals(days: readonly DailyUsage[]): UsageTotals {
  const names = Object.keys(NOTHING) as (keyof UsageTotals)[];
  const sums = names.map((name) => [name, days.reduce((sum, day) => sum + day[name], 0)] as const);
  return { ...NOTHING, ...Object.fromEntries(sums) };
}
