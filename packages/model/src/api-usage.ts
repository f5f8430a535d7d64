import { z } from 'zod';

/** `GET /usage?from&to`: days (UTC), both inclusive; the last 30 unless asked otherwise. */
export const UsageRequest = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });
export type UsageRequest = z.infer<typeof UsageRequest>;

const Counts = z.object({
  logsCount: z.number(),
  logsBytes: z.number(),
  metricsCount: z.number(),
  spansCount: z.number(),
  spansBytes: z.number(),
  rumCount: z.number(),
  rumBytes: z.number(),
});

/** What an organization sent, by time of receipt. */
export const UsageAnswer = z.object({
  /** Ascending; days without anything are left out. `date` is `YYYY-MM-DD`. */
  days: z.array(Counts.extend({ date: z.string() })),
  totals: Counts,
});
export type UsageAnswer = z.infer<typeof UsageAnswer>;
