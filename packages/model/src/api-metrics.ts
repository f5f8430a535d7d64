import { z } from 'zod';
import { TimeInput } from './api-logs.ts';

/** `POST /query/metrics` (contract §4): instant with `time`, range with `start`, `end` and `step`. */
export const MetricQueryRequest = z.strictObject({
  query: z.string().min(1).max(50_000),
  time: TimeInput.optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  /** Seconds as a number, or a duration such as `1m`. */
  step: z.union([z.string().min(1).max(32), z.number().positive()]).optional(),
});
export type MetricQueryRequest = z.infer<typeof MetricQueryRequest>;
