import { type DailyUsage, NO_USAGE } from '@aegisguard/storage';

/** What is counted per day. */
export type UsageTotals = Omit<DailyUsage, 'date'>;

/** The sum of days, of everything that is counted. */
export function usageTotals(days: readonly DailyUsage[]): UsageTotals {
  const names = Object.keys(NO_USAGE) as (keyof UsageTotals)[];
  const sums = names.map((name) => [name, days.reduce((sum, day) => sum + day[name], 0)] as const);
  return { ...NO_USAGE, ...Object.fromEntries(sums) };
}
