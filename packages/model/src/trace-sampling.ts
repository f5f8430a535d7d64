import { z } from 'zod';
import type { QueryBounds } from './log-reader.ts';
import type { OrgId } from './org-id.ts';

const RULES_MAX = 50;

const ServiceName = z.string().trim().min(1, 'Name a service.').max(1024);
const Percent = z.number().min(0, 'At least 0.').max(100, 'At most 100.');

/** Which traces are kept. The first rule that is about a trace decides; `errors`, `slow` and `rare` are about those that they keep, `share` about all traces that begin in its service. */
export const SamplingRule = z.discriminatedUnion('keep', [
  /** Traces with a span whose status is error. */
  z.strictObject({ keep: z.literal('errors') }),
  /** Traces that took at least so long, those only that begin in the service if one is named. */
  z.strictObject({
    keep: z.literal('slow'),
    thresholdMs: z.number().positive('More than 0.').max(86_400_000, 'At most a day.'),
    service: ServiceName.optional(),
  }),
  /** Traces whose root (service and name) at most so many traces of the day have. */
  z.strictObject({ keep: z.literal('rare'), perDay: z.int().min(1, 'At least one.').max(100_000) }),
  /** So many per cent of the traces that begin in a service. */
  z.strictObject({ keep: z.literal('share'), service: ServiceName, percent: Percent }),
]);
export type SamplingRule = z.infer<typeof SamplingRule>;

/**
 * Tail sampling of an organization's traces: every span is stored and counted (usage, metrics of services) as it comes; when a day (UTC) is over and its last hours, too, are `wholeForHours` old, the traces that began on it and that no rule keeps are
 * deleted whole. So the decision knows the whole trace, however late its spans came.
 */
export const TraceSampling = z.strictObject({
  enabled: z.boolean().default(false),
  wholeForHours: z.int().min(1, 'At least an hour.').max(720, 'At most 30 days.').default(24),
  rules: z
    .array(SamplingRule)
    .max(RULES_MAX, 'At most 50 rules.')
    .default([{ keep: 'errors' }, { keep: 'slow', thresholdMs: 1000 }, { keep: 'rare', perDay: 10 }]),
  /** Of the traces that no rule is about; which of them depends on their ids alone. */
  percent: Percent.default(10),
});
export type TraceSampling = z.infer<typeof TraceSampling>;

/** Of an organization that has set nothing: every trace is kept. */
export const NO_TRACE_SAMPLING: TraceSampling = TraceSampling.parse({});

/** What rules do with the traces that began on a day. */
export interface SampledDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly traces: number;
  readonly spans: number;
  readonly keptTraces: number;
  readonly keptSpans: number;
  /** Traces that each rule decided to keep, in the rules' order. */
  readonly keptByRule: readonly number[];
}

/** Samples stored traces. Every call may be repeated, made by several processes at once and cut off anywhere. */
export interface TraceSamplingStore {
  /** What the rules would do with the traces that began on a day. */
  preview(orgId: OrgId, date: string, sampling: TraceSampling, bounds: QueryBounds): Promise<SampledDay>;
  /** Deletes the traces that began on a day and that no rule keeps; resolves when their spans are gone. A day that was sampled is not sampled again, whatever the rules have become. Undefined then, and for a day without traces. */
  sample(orgId: OrgId, date: string, sampling: TraceSampling): Promise<SampledDay | undefined>;
}
