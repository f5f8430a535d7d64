import type { ServiceTimelineAnswer } from '@aegisguard/model';
import type { ChartAnnotation, ChartExemplar, Frame, FrameSeries } from '../../charts/metrics/frame.ts';

/** What the charts of a service show. */
export interface TimelineFrames {
  /** Calls per second. */
  readonly calls: readonly Frame[];
  /** Errors of calls, 0 to 1. */
  readonly errors: readonly Frame[];
  /** Milliseconds. */
  readonly durations: readonly Frame[];
  /** The slowest spans, as points that lead to their traces. */
  readonly slowest: readonly ChartExemplar[];
  /** Versions that were first seen in the range. */
  readonly deployments: readonly ChartAnnotation[];
}

type Series = ServiceTimelineAnswer['series'][number];

/** Of how many points the slowest span is marked. */
const MARKED_MAX = 12;

function nameOf(version: string | null, alone: string): string {
  return version === null ? alone : version === '' ? '(no version)' : version;
}

/** The frames of an answer. By version, durations are the 99 % ones of each; otherwise three quantiles. */
export function timelineFrames(answer: ServiceTimelineAnswer): TimelineFrames {
  const firstMs = Date.parse(answer.firstPoint);
  const times = Array.from({ length: answer.points }, (_, point) => firstMs + point * answer.stepMs);
  const frame = (series: readonly FrameSeries[]): readonly Frame[] => [{ times, series, buckets: [] }];
  const each = (alone: string, values: (series: Series) => readonly (number | null)[], color?: string) =>
    answer.series.map((series) => ({
      label: nameOf(series.version, alone),
      labels: { version: series.version ?? '' },
      values: values(series),
      ...(color === undefined || series.version !== null ? {} : { color }),
    }));
  const rates = (counts: readonly number[]) => counts.map((count, point) => rateAt(count, times[point] ?? 0, answer));
  const isByVersion = answer.series.some(({ version }) => version !== null);
  return {
    calls: frame(each('Calls', ({ over }) => rates(over.calls))),
    errors: frame(
      each('Errors', ({ over }) => over.errors.map((count, point) => ratioAt(count, over.calls[point])), 'red'),
    ),
    durations: frame(
      isByVersion
        ? each('p99', ({ over }) => over.p99Ms)
        : [
            ...each('p50', ({ over }) => over.p50Ms),
            ...each('p90', ({ over }) => over.p90Ms),
            ...each('p99', ({ over }) => over.p99Ms),
          ],
    ),
    slowest: answer.series.flatMap((series) => slowestOf(series, times)),
    deployments: answer.deployments
      .filter(({ firstSeen }) => Date.parse(firstSeen) >= firstMs)
      .map(({ version, firstSeen }) => ({
        ms: Date.parse(firstSeen),
        text: `First seen: ${nameOf(version, '')}`,
        color: '',
      })),
  };
}

/** Calls per second of a point. Those at the ends of the range are counted in a part of their step; of less than half nothing can be said. */
function rateAt(
  count: number,
  pointMs: number,
  { start, end, stepMs }: Pick<ServiceTimelineAnswer, 'start' | 'end' | 'stepMs'>,
): number | null {
  const countedMs = Math.min(pointMs + stepMs, Date.parse(end)) - Math.max(pointMs, Date.parse(start));
  return countedMs < stepMs / 2 ? null : count / (countedMs / 1000);
}

function ratioAt(errors: number, calls: number | undefined): number | null {
  return calls === undefined || calls === 0 ? null : errors / calls;
}

/** The slowest of the points' slowest spans. */
function slowestOf({ over }: Series, times: readonly number[]): readonly ChartExemplar[] {
  return over.slowest
    .flatMap((span, point) => (span === null ? [] : [{ span, ms: times[point] ?? 0 }]))
    .sort((a, b) => b.span.durationMs - a.span.durationMs)
    .slice(0, MARKED_MAX)
    .map(({ span, ms }) => ({
      ms,
      value: span.durationMs,
      labels: { trace_id: span.traceId, span_id: span.spanId },
    }));
}
