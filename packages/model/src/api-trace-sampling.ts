import { z } from 'zod';
import { Instant } from './api-page.ts';
import { TraceSampling } from './trace-sampling.ts';

/** `GET` and `PUT /trace-sampling`. */
export const TraceSamplingAnswer = z.object({
  sampling: TraceSampling,
  /** Grows with every change; 0 for an organization that has set nothing. */
  version: z.int(),
  updatedAt: Instant.nullable(),
});
export type TraceSamplingAnswer = z.infer<typeof TraceSamplingAnswer>;

/** `PUT /trace-sampling`: needs the version that was read (409 `conflict` when it has moved). */
export const TraceSamplingRequest = z.strictObject({ sampling: TraceSampling, version: z.int().min(0) });

/** `POST /trace-sampling/preview`. */
export const SamplingPreviewRequest = z.strictObject({
  sampling: TraceSampling,
  /** UTC. */
  date: z.iso.date(),
});

/** What rules would do with the traces that began on a day. */
export const SamplingPreviewAnswer = z.object({
  date: z.string(),
  traces: z.number(),
  spans: z.number(),
  keptTraces: z.number(),
  keptSpans: z.number(),
  /** Traces that each rule decides to keep, in their order. */
  keptByRule: z.array(z.number()),
});
export type SamplingPreviewAnswer = z.infer<typeof SamplingPreviewAnswer>;
