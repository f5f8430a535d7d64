import type {
  FetchedSpan,
  OrgId,
  QueryBounds,
  QueryStats,
  SpanAggregation,
  SpanComparison,
  SpanComparisonQuery,
  SpanCondition,
  SpanFetch,
  SpanField,
  SpanFieldValue,
  SpanFunnel,
  SpanFunnelQuery,
  SpanGroups,
  SpanQueryReader,
  SpanScan,
  TraceCandidateSearch,
} from '@aegisguard/model';
import { AegisError, FunnelTally } from '@aegisguard/model';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar } from '../evaluate/value.ts';
import { Work } from '../evaluate/work.ts';
import { fieldValueOf, meetsCondition, withParts } from './meets-condition.ts';
import { plainComparison } from './plain-comparison.ts';
import { plainFunnelPath } from './plain-funnel-path.ts';

/** A span with all its parts. */
export type WholeSpan = Required<FetchedSpan>;

const NOTHING_READ: QueryStats = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 };
const NANOS_PER_SECOND = 1e9;
const BLOCK = 3;

/** How far a reader makes use of what its contract leaves open. */
interface Freedom {
  /** Finds candidates that are none. */
  readonly isLax?: boolean;
  /** Leaves every aggregation to whoever asks. */
  readonly scansOnly?: boolean;
}

/** The plainest `SpanQueryReader`: looks at every span for everything. Of spans with the same id the last one counts. */
export class MemorySpanReader implements SpanQueryReader {
  /** How often it was asked to find, fetch, aggregate, compare, tell a funnel, scan. */
  readonly asked = { find: 0, fetch: 0, aggregate: 0, compare: 0, funnel: 0, scan: 0 };
  readonly #traces: ReadonlyMap<string, TraceSpans>;
  /** The same with every version of their spans. */
  readonly #versions: ReadonlyMap<string, TraceSpans>;
  readonly #freedom: Freedom;

  constructor(spans: readonly WholeSpan[], freedom: Freedom = {}) {
    const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
    const traceOf = (own: Iterable<WholeSpan>) => new TraceSpans([...own], new Work(() => undefined));
    const lastOf = (own: readonly WholeSpan[]) => new Map(own.map((span) => [span.spanId, span])).values();
    this.#traces = new Map([...byTrace].map(([id, own]) => [id, traceOf(lastOf(own))]));
    this.#versions = new Map([...byTrace].map(([id, own]) => [id, traceOf(own)]));
    this.#freedom = freedom;
  }

  async findTraces(_orgId: OrgId, search: TraceCandidateSearch, _bounds: QueryBounds) {
    this.asked.find += 1;
    const { sort, limit, after, conditions } = search;
    const found = [...this.#traces]
      .filter(([id, trace]) => this.#isLax(id) || conditions.every((one) => indexesOf(trace, search, one).length > 0))
      .map(([traceId, trace]) => ({ traceId, key: keyOf(trace, sort) }))
      .sort(descending)
      .filter((place) => after === undefined || descending(place, after) > 0);
    const traces = found.slice(0, limit);
    const next = traces.at(-1);
    return found.length > limit && next !== undefined
      ? { traces, next, stats: NOTHING_READ }
      : { traces, stats: NOTHING_READ };
  }

  async fetchSpans(_orgId: OrgId, fetch: SpanFetch, _bounds: QueryBounds) {
    this.asked.fetch += 1;
    const spans = fetch.traceIds.flatMap((id) => {
      const trace = this.#traces.get(id);
      return (trace?.spans ?? []).flatMap((span, index): FetchedSpan[] => {
        const isMeant = trace !== undefined && meetsCondition(fetch.condition, trace, index);
        return isMeant || fetch.structure ? [withParts(span as WholeSpan, isMeant ? fetch.parts : {})] : [];
      });
    });
    if (spans.length > fetch.limit) {
      throw new AegisError('query-too-large');
    }
    return { spans, stats: NOTHING_READ };
  }

  async aggregateSpans(_orgId: OrgId, asked: SpanAggregation, _bounds: QueryBounds): Promise<SpanGroups | undefined> {
    this.asked.aggregate += 1;
    if (this.#freedom.scansOnly === true || asked.by.some(isSeveral) || measuresSeveral(asked)) {
      return undefined;
    }
    const groups = new Map<string, GroupCells>();
    for (const trace of this.#traces.values()) {
      for (const index of indexesOf(trace, asked, asked.condition)) {
        const by = asked.by.map((field) => firstScalar(fieldValueOf(field, trace, index)));
        const key = by.map((value) => `${typeof value} ${value}`).join('\n');
        const group = groups.get(key) ?? { by, cells: new Map() };
        groups.set(key, group);
        addTo(group, asked, trace, index);
      }
    }
    if (groups.size > asked.groupsMax) {
      throw new AegisError('query-too-large');
    }
    return { groups: [...groups.values()].flatMap((group) => groupOf(group, asked)), stats: NOTHING_READ };
  }

  async funnelTraces(_orgId: OrgId, asked: SpanFunnelQuery, _bounds: QueryBounds): Promise<SpanFunnel | undefined> {
    this.asked.funnel += 1;
    if (this.#freedom.scansOnly === true) {
      return undefined;
    }
    const tally = new FunnelTally(asked);
    for (const [traceId, trace] of this.#traces) {
      const steps = asked.steps.map((condition) => indexesOf(trace, asked, condition).map((index) => trace.at(index)));
      const path = plainFunnelPath(steps);
      if (path.length > 0) {
        tally.add({
          traceId,
          length: path.length,
          startOf: (step) => path[step]?.startTime ?? 0n,
          spanIdOf: (step) => path[step]?.spanId ?? '',
          isErrorAt: (step) => path[step]?.status === 'error',
        });
      }
    }
    return tally.funnel(NOTHING_READ);
  }

  async compareSpans(
    _orgId: OrgId,
    asked: SpanComparisonQuery,
    _bounds: QueryBounds,
  ): Promise<SpanComparison | undefined> {
    this.asked.compare += 1;
    if (this.#freedom.scansOnly === true) {
      return undefined;
    }
    const { start = asked.start, end = asked.end } = asked.selected;
    const chosen: WholeSpan[] = [];
    const others: WholeSpan[] = [];
    for (const trace of this.#traces.values()) {
      const selected = new Set(indexesOf(trace, { start, end }, asked.selected.condition));
      for (const index of indexesOf(trace, asked, asked.condition)) {
        (selected.has(index) ? chosen : others).push(trace.at(index) as WholeSpan);
      }
    }
    return { sides: plainComparison(asked, others, chosen), stats: NOTHING_READ };
  }

  async scanSpans(
    _orgId: OrgId,
    scan: SpanScan,
    _bounds: QueryBounds,
    onSpans: (spans: readonly FetchedSpan[]) => void,
  ): Promise<QueryStats> {
    this.asked.scan += 1;
    const traces = scan.lastVersions === true ? this.#traces : this.#versions;
    const spans = [...traces.values()].flatMap((trace) =>
      indexesOf(trace, scan, scan.condition).map((index) => withParts(trace.at(index) as WholeSpan, scan.parts)),
    );
    for (let from = 0; from < spans.length; from += BLOCK) {
      onSpans(spans.slice(from, from + BLOCK));
    }
    return NOTHING_READ;
  }

  async attributeNames() {
    return { names: [], stats: NOTHING_READ };
  }

  async fieldValues() {
    return { values: [], stats: NOTHING_READ };
  }

  #isLax(traceId: string): boolean {
    return this.#freedom.isLax === true && /[02468ace]$/.test(traceId);
  }
}

interface GroupCells {
  readonly by: readonly (SpanFieldValue | undefined)[];
  /** By bucket, and power of two for `log2`. */
  readonly cells: Map<string, { readonly bucket: number; readonly power: number; value: number }>;
}

function addTo(group: GroupCells, { measure, start, step }: SpanAggregation, trace: TraceSpans, index: number): void {
  const bucket = Number((trace.at(index).startTime - start) / step);
  if (measure.kind === 'count') {
    merge(group, bucket, 0, 1, (a, b) => a + b);
    return;
  }
  const read = firstScalar(fieldValueOf(measure.field, trace, index));
  if (typeof read !== 'number' && typeof read !== 'bigint') {
    return;
  }
  const raw = Number(read);
  const value = typeof read === 'bigint' ? raw / NANOS_PER_SECOND : raw;
  switch (measure.kind) {
    case 'sum':
      merge(group, bucket, 0, value, (a, b) => a + b);
      break;
    case 'min':
      merge(group, bucket, 0, value, Math.min);
      break;
    case 'max':
      merge(group, bucket, 0, value, Math.max);
      break;
    case 'log2':
      merge(group, bucket, powerNotBelow(raw) / (typeof read === 'bigint' ? NANOS_PER_SECOND : 1), 1, (a, b) => a + b);
      break;
  }
}

function powerNotBelow(value: number): number {
  let power = value <= 0 ? 0 : 2 ** -40;
  while (power < value) {
    power *= 2;
  }
  return power;
}

function merge(
  { cells }: GroupCells,
  bucket: number,
  power: number,
  value: number,
  join: (a: number, b: number) => number,
): void {
  const key = `${bucket} ${power}`;
  const cell = cells.get(key);
  if (cell === undefined) {
    cells.set(key, { bucket, power, value });
  } else {
    cell.value = join(cell.value, value);
  }
}

function groupOf({ by, cells }: GroupCells, { measure }: SpanAggregation) {
  const entries = [...cells.values()].sort((a, b) => a.bucket - b.bucket || a.power - b.power);
  const group = {
    by,
    buckets: entries.map(({ bucket }) => bucket),
    values: entries.map(({ value }) => value),
  };
  if (entries.length === 0) {
    return [];
  }
  return [measure.kind === 'log2' ? { ...group, powers: entries.map(({ power }) => power) } : group];
}

function isSeveral(field: SpanField): boolean {
  return field.kind === 'attribute' ? !['span', 'resource'].includes(field.scope) : /^(event|link)-/.test(field.name);
}

function measuresSeveral({ measure }: SpanAggregation): boolean {
  return measure.kind !== 'count' && isSeveral(measure.field);
}

function indexesOf(
  trace: TraceSpans,
  { start, end }: { readonly start: bigint; readonly end: bigint },
  condition: SpanCondition,
): number[] {
  return trace.spans.flatMap(({ startTime }, index) =>
    startTime >= start && startTime < end && meetsCondition(condition, trace, index) ? [index] : [],
  );
}

interface Place {
  readonly key: bigint;
  readonly traceId: string;
}

function keyOf(trace: TraceSpans, sort: TraceCandidateSearch['sort']): bigint {
  return sort === 'newest' ? trace.at(0).startTime : trace.facts.durationNanos;
}

function descending(a: Place, b: Place): number {
  if (a.key !== b.key) {
    return a.key < b.key ? 1 : -1;
  }
  return a.traceId < b.traceId ? 1 : a.traceId > b.traceId ? -1 : 0;
}
