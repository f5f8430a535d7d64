import type {
  OrgId,
  QueryBounds,
  ServiceReader,
  ServiceTimelineAnswer,
  ServiceTimelineRequest,
  SlowestSpan,
  SpanFigures,
} from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import {
  type FigureRange,
  figureSelection,
  figureSteps,
  rangeView,
  secondsOf,
  stepsView,
  timeView,
} from './figure-range.ts';
import { addRed, entryFigures, quantile, redView, slowSpanView } from './red-view.ts';

const VERSIONS_MAX = 10;
const DEPLOYMENTS_MAX = 50;

type TimelineSeries = ServiceTimelineAnswer['series'][number];

/** One service or operation over time. */
export async function serviceTimeline(
  reader: ServiceReader,
  orgId: OrgId,
  request: ServiceTimelineRequest,
  range: FigureRange,
  bounds: QueryBounds,
): Promise<ServiceTimelineAnswer> {
  const { service, operation, env, version, kinds, by } = request;
  const steps = figureSteps(range, request.points);
  const ofService = { ...figureSelection(range, { env }), services: [service] };
  const selection = {
    ...figureSelection(range, { env, version, kinds }),
    services: [service],
    ...(operation === undefined ? {} : { names: [operation] }),
  };
  const keys = by === 'version' ? (['kind', 'version'] as const) : (['kind'] as const);
  const measured = await reader.measureSpans(
    orgId,
    { ...selection, by: keys, steps: { fromMs: steps.firstMs, stepMs: steps.stepMs }, durations: true },
    bounds,
  );
  const versions = await reader.measureSpans(orgId, { ...ofService, by: ['version'], durations: false }, bounds);
  const ever = await reader.measureSpans(
    orgId,
    {
      ...ofService,
      startMs: 0,
      endMs: Math.ceil(range.endMs / 3_600_000) * 3_600_000,
      resolution: 'hour',
      by: ['version'],
      durations: false,
    },
    bounds,
  );
  const isAll = kinds !== undefined || operation !== undefined;
  const { basis, figures } = isAll ? { basis: null, figures: measured.groups } : entryFigures(measured.groups);
  return {
    ...rangeView(range),
    ...stepsView(steps),
    basis,
    series: seriesOf(figures, by, steps.points, secondsOf(range)),
    deployments: deploymentsOf(versions.groups, ever.groups),
    stats: totalStats([measured.stats, versions.stats, ever.stats]),
  };
}

function seriesOf(
  figures: readonly SpanFigures[],
  by: ServiceTimelineRequest['by'],
  points: number,
  rangeSeconds: number,
): TimelineSeries[] {
  if (by === 'nothing') {
    return [seriesView(null, figures, points, rangeSeconds)];
  }
  return [...Map.groupBy(figures, ({ version = '' }) => version)]
    .map(([version, own]) => seriesView(version, own, points, rangeSeconds))
    .sort((left, right) => right.calls - left.calls)
    .slice(0, VERSIONS_MAX);
}

function seriesView(
  version: string | null,
  figures: readonly SpanFigures[],
  points: number,
  rangeSeconds: number,
): TimelineSeries {
  const bySteps = Map.groupBy(figures, ({ step = 0 }) => step);
  const over = Array.from({ length: points }, (_, step) => {
    const own = bySteps.get(step) ?? [];
    return { ...addRed(own), slowest: slowestOf(own) };
  });
  return {
    version,
    ...redView(addRed(figures), rangeSeconds),
    over: {
      calls: over.map(({ calls }) => calls),
      errors: over.map(({ errors }) => errors),
      p50Ms: over.map(({ durations }) => quantile(durations, 0.5)),
      p90Ms: over.map(({ durations }) => quantile(durations, 0.9)),
      p99Ms: over.map(({ durations }) => quantile(durations, 0.99)),
      slowest: over.map(({ slowest }) => (slowest === undefined ? null : slowSpanView(slowest))),
    },
  };
}

function slowestOf(figures: readonly SpanFigures[]): SlowestSpan | undefined {
  return figures
    .flatMap(({ slowest }) => slowest ?? [])
    .reduce<SlowestSpan | undefined>(
      (most, one) => (most === undefined || one.nanos > most.nanos ? one : most),
      undefined,
    );
}

/** Hours know of versions from before the range; what came last is in minutes only. */
function deploymentsOf(
  inRange: readonly SpanFigures[],
  ever: readonly SpanFigures[],
): ServiceTimelineAnswer['deployments'] {
  const firstEver = new Map(ever.map(({ version, firstMs }) => [version, firstMs]));
  return inRange
    .flatMap(({ version = '', firstMs, lastMs, calls, errors }) => {
      const everMs = firstEver.get(version) ?? firstMs;
      // An hour of the range says less than the minute in it.
      const isBefore = everMs < Math.floor(firstMs / 3_600_000) * 3_600_000;
      return version === '' ? [] : { version, seenMs: isBefore ? everMs : firstMs, lastMs, calls, errors };
    })
    .sort((left, right) => left.seenMs - right.seenMs)
    .slice(-DEPLOYMENTS_MAX)
    .map(({ version, seenMs, lastMs, calls, errors }) => ({
      version,
      firstSeen: timeView(seenMs),
      lastSeen: timeView(lastMs),
      calls,
      errors,
    }));
}
