import type {
  OrgId,
  QueryBounds,
  ServiceReader,
  ServicesAnswer,
  ServicesRequest,
  SpanFigures,
} from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import { type FigureRange, figureSelection, figureSteps, rangeView, secondsOf, stepsView } from './figure-range.ts';
import { addRed, entryFigures, redView } from './red-view.ts';

const VERSIONS_MAX = 10;

type ServiceView = ServicesAnswer['services'][number];

/** The services of a range with their figures. */
export async function listServices(
  reader: ServiceReader,
  orgId: OrgId,
  request: ServicesRequest,
  range: FigureRange,
  bounds: QueryBounds,
): Promise<ServicesAnswer> {
  const { env, search, sort, limit } = request;
  const selection = {
    ...figureSelection(range, { env }),
    ...(search === undefined || search === '' ? {} : { search: { in: 'service', text: search } as const }),
  };
  const byKind = await reader.measureSpans(orgId, { ...selection, by: ['service', 'kind'], durations: true }, bounds);
  const kindsOf = groupedByService(byKind.groups);
  const all = [...kindsOf].map(([service, kinds]) => {
    const { basis, figures } = entryFigures(kinds);
    return { service, basis, ...redView(addRed(figures), secondsOf(range)), figures, kinds };
  });
  const shown = all.sort(compareBy(sort)).slice(0, limit);
  const steps = figureSteps(range, request.points);
  const ofShown = { ...selection, services: shown.map(({ service }) => service), durations: false } as const;
  const overTime = await reader.measureSpans(
    orgId,
    { ...ofShown, by: ['service', 'kind'], steps: { fromMs: steps.firstMs, stepMs: steps.stepMs } },
    bounds,
  );
  const byVersion = await reader.measureSpans(orgId, { ...ofShown, by: ['service', 'version'] }, bounds);
  const timesOf = groupedByService(overTime.groups);
  const versionsOf = groupedByService(byVersion.groups);
  return {
    ...rangeView(range),
    ...stepsView(steps),
    services: shown.map(({ figures, kinds, ...view }) => ({
      ...view,
      sparkline: sparkline(
        (timesOf.get(view.service) ?? []).filter((one) => figures.some(({ kind }) => kind === one.kind)),
        steps.points,
      ),
      kinds: kinds.flatMap(({ kind, calls, errors }) => (kind === undefined ? [] : { kind, calls, errors })),
      versions: versionNames(versionsOf.get(view.service) ?? []),
    })),
    hasMore: all.length > limit,
    stats: totalStats([byKind.stats, overTime.stats, byVersion.stats]),
  };
}

function groupedByService(groups: readonly SpanFigures[]): ReadonlyMap<string, SpanFigures[]> {
  return Map.groupBy(groups, ({ service }) => service ?? '');
}

function sparkline(figures: readonly SpanFigures[], points: number): ServiceView['sparkline'] {
  const calls = new Array<number>(points).fill(0);
  const errors = new Array<number>(points).fill(0);
  for (const { step = 0, ...one } of figures) {
    calls[step] = (calls[step] ?? 0) + one.calls;
    errors[step] = (errors[step] ?? 0) + one.errors;
  }
  return { calls, errors };
}

function versionNames(figures: readonly SpanFigures[]): string[] {
  return figures
    .toSorted((left, right) => right.lastMs - left.lastMs || right.firstMs - left.firstMs)
    .flatMap(({ version = '' }) => (version === '' ? [] : version))
    .slice(0, VERSIONS_MAX);
}

/** The highest first; names break ties. */
function compareBy(sort: ServicesRequest['sort']) {
  type Sorted = Pick<ServiceView, 'service' | 'calls' | 'errors' | 'errorRatio' | 'p95Ms'>;
  const keys: Readonly<Record<ServicesRequest['sort'], (view: Sorted) => number>> = {
    calls: ({ calls }) => calls,
    errors: ({ errors }) => errors,
    'error-ratio': ({ errorRatio }) => errorRatio,
    p95: ({ p95Ms }) => p95Ms ?? 0,
    name: () => 0,
  };
  const key = keys[sort];
  return (left: Sorted, right: Sorted) => key(right) - key(left) || (left.service < right.service ? -1 : 1);
}
