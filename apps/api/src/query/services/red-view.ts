import {
  addDurations,
  type DurationCounts,
  durationQuantileMs,
  type SlowestSpan,
  type SpanFigures,
  type SpanKind,
} from '@aegisguard/model';

const NANOS_PER_MS = 1e6;
/** Spans with which a service is entered. */
const ENTRY_KINDS: readonly (SpanKind | undefined)[] = ['server', 'consumer'];

/** Figures of spans that can be added up. */
export interface Red {
  readonly calls: number;
  readonly errors: number;
  readonly nanos: number;
  readonly durations: DurationCounts;
}

/** The sum of figures. */
export function addRed(all: readonly (Omit<Red, 'durations'> & { readonly durations?: DurationCounts })[]): Red {
  return {
    calls: all.reduce((sum, { calls }) => sum + calls, 0),
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    nanos: all.reduce((sum, { nanos }) => sum + nanos, 0),
    durations: addDurations(all.flatMap(({ durations }) => durations ?? [])),
  };
}

/** Rate, errors and durations over a range of so many seconds. */
export function redView({ calls, errors, nanos, durations }: Red, rangeSeconds: number) {
  return {
    calls,
    errors,
    callsPerSecond: calls / rangeSeconds,
    errorRatio: calls === 0 ? 0 : errors / calls,
    meanMs: calls === 0 ? null : nanos / NANOS_PER_MS / calls,
    p50Ms: quantile(durations, 0.5),
    p95Ms: quantile(durations, 0.95),
    p99Ms: quantile(durations, 0.99),
  };
}

/** To a thousandth of a microsecond: more digits would say what is not known. */
export function quantile(durations: DurationCounts, share: number): number | null {
  const ms = durationQuantileMs(durations, share);
  return ms === null ? null : Number(ms.toPrecision(6));
}

/** A span to look at. */
export function slowSpanView({ traceId, spanId, nanos }: SlowestSpan) {
  return { traceId, spanId, durationMs: nanos / NANOS_PER_MS };
}

/** The figures of the spans with which a service is entered, or all where it has none; which of them it is. */
export function entryFigures<Figures extends Pick<SpanFigures, 'kind'>>(all: readonly Figures[]) {
  const entries = all.filter(({ kind }) => ENTRY_KINDS.includes(kind));
  return entries.length > 0
    ? ({ basis: 'entry', figures: entries } as const)
    : ({ basis: 'all', figures: all } as const);
}
