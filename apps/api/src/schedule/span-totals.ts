import type { GraphEdge, OrgId, QueryBounds, ServiceReader, SlowestSpan, SpanFigures } from '@aegisguard/model';
import type { ServiceStore } from '@aegisguard/storage';
import { edgeReadings, edgeSeriesCount, type ReadingSet, spanKey, spanReadings } from './span-metric-series.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Exemplars are of spans of these last minutes. */
const EXEMPLARS_MS = 2 * MINUTE_MS;
/** Sets of series of an organization's spans, those with most calls; a set has 18. */
const SPAN_SETS_MAX = 1_000;
const SPAN_SETS = { resolution: 'minute', by: ['service', 'name', 'kind', 'status'] } as const;
/** Sets of series of an organization's edges that are written, those with most calls; a set has up to 36. */
const EDGES_MAX = 300;
/** What is beyond is counted up to here. */
const COUNTED_MAX = 20_000;
const READ_MS = 10_000;
/** So long after spans came nothing changes any more: edges wait five minutes for whoever takes a message. */
const SETTLED_MS = 6 * MINUTE_MS;
/** Nothing is remembered longer: edges may be settled later than they should be. */
const REMEMBERED_MS_MAX = 10 * MINUTE_MS;
/** Of what is remembered of all organizations, about. */
const REMEMBERED_BYTES_MAX = 32 * 2 ** 20;
/** What a figure or an edge takes besides its texts and buckets. */
const ROW_BYTES = 500;
const BUCKET_BYTES = 16;

/** Where it reads. */
export type TotalsReader = Pick<ServiceStore, 'sendersSince'> & Pick<ServiceReader, 'measureSpans' | 'readEdges'>;

/** What an organization's spans have come to since midnight, in series. What could not be read is left out, with what it failed of. */
interface DayTotals {
  readonly spans: readonly ReadingSet[];
  readonly edges: readonly ReadingSet[];
  /** Sets of spans that there are besides. */
  readonly beyondSpans: number;
  /** Series of edges that there are besides. */
  readonly beyondEdges: number;
  readonly failures: readonly unknown[];
}

interface StoredTotals {
  readonly dayMs: number;
  readonly readMs: number;
  readonly spans: readonly SpanFigures[];
  readonly edges: readonly GraphEdge[];
  readonly beyondSpans: number;
  readonly beyondEdges: number;
}

/** Reads what spans have come to, and remembers it of organizations that send nothing: a read is three statements, and most organizations rest most of the time. */
export class SpanTotals {
  readonly #reader: TotalsReader;
  readonly #known = new Map<OrgId, StoredTotals>();
  #bytes = 0;
  #lookedMs = 0;

  constructor(reader: TotalsReader) {
    this.#reader = reader;
  }

  /** Forgets the organizations of which something may have changed since this was last called, and what is old. */
  async forgetChanged(nowMs: number): Promise<void> {
    for (const [orgId, { readMs }] of this.#known) {
      if (nowMs - readMs >= REMEMBERED_MS_MAX) {
        this.#forget(orgId);
      }
    }
    if (this.#known.size > 0) {
      for (const orgId of await this.#reader.sendersSince(this.#lookedMs - SETTLED_MS)) {
        this.#forget(orgId);
      }
    }
    this.#lookedMs = nowMs;
  }

  /** The totals of a day as of now. */
  async of(orgId: OrgId, dayMs: number, nowMs: number): Promise<DayTotals> {
    const known = this.#known.get(orgId);
    if (known?.dayMs === dayMs) {
      return { ...seriesOf(known, []), failures: [] };
    }
    this.#forget(orgId);
    // What fails of one leaves the other.
    const failures: unknown[] = [];
    const fail = (error: unknown) => {
      failures.push(error);
      return [];
    };
    const spans = await this.#spans(orgId, dayMs).catch(fail);
    const recent = await this.#recentSpans(orgId, nowMs).catch(fail);
    const found = await this.#edges(orgId, dayMs).catch(fail);
    const edges = found.slice(0, EDGES_MAX);
    const beyondSpans = spans.length < SPAN_SETS_MAX ? 0 : await this.#countBeyond(orgId, dayMs).catch(() => 0);
    const beyondEdges = found.length === edges.length ? 0 : await this.#countBeyondEdges(orgId, dayMs).catch(() => 0);
    const totals = { dayMs, readMs: nowMs, spans, edges, beyondSpans, beyondEdges };
    if (failures.length === 0) {
      this.#remember(orgId, totals);
    }
    return { ...seriesOf(totals, recent), failures };
  }

  #remember(orgId: OrgId, totals: StoredTotals): void {
    const bytes = bytesOf(totals);
    if (this.#bytes + bytes <= REMEMBERED_BYTES_MAX) {
      this.#known.set(orgId, totals);
      this.#bytes += bytes;
    }
  }

  #forget(orgId: OrgId): void {
    const known = this.#known.get(orgId);
    if (known !== undefined) {
      this.#known.delete(orgId);
      this.#bytes -= bytesOf(known);
    }
  }

  async #spans(orgId: OrgId, dayMs: number): Promise<readonly SpanFigures[]> {
    const first = { by: 'calls', limit: SPAN_SETS_MAX } as const;
    const day = { startMs: dayMs, endMs: dayMs + DAY_MS, ...SPAN_SETS, durations: true, first };
    return (await this.#reader.measureSpans(orgId, day, bounds())).groups;
  }

  /** Those of the last minutes, for their slowest. */
  async #recentSpans(orgId: OrgId, nowMs: number): Promise<readonly SpanFigures[]> {
    const startMs = Math.floor((nowMs - EXEMPLARS_MS) / MINUTE_MS) * MINUTE_MS;
    const first = { by: 'calls', limit: SPAN_SETS_MAX } as const;
    const latest = { startMs, endMs: startMs + 2 * EXEMPLARS_MS, ...SPAN_SETS, durations: true, first };
    return (await this.#reader.measureSpans(orgId, latest, bounds())).groups;
  }

  async #countBeyond(orgId: OrgId, dayMs: number): Promise<number> {
    const first = { by: 'calls', limit: COUNTED_MAX } as const;
    const day = { startMs: dayMs, endMs: dayMs + DAY_MS, ...SPAN_SETS, durations: false, first };
    const { groups } = await this.#reader.measureSpans(orgId, day, bounds());
    return Math.max(0, groups.length - SPAN_SETS_MAX);
  }

  /** One more than are written, if there are more. Edges that have the same labels are one already. */
  async #edges(orgId: OrgId, dayMs: number): Promise<readonly GraphEdge[]> {
    const asked = { ...edgesOf(dayMs), limit: EDGES_MAX + 1 };
    return (await this.#reader.readEdges(orgId, asked, bounds())).edges;
  }

  async #countBeyondEdges(orgId: OrgId, dayMs: number): Promise<number> {
    const asked = { ...edgesOf(dayMs), withoutDurations: true, limit: COUNTED_MAX };
    const { edges } = await this.#reader.readEdges(orgId, asked, bounds());
    return edges.slice(EDGES_MAX).reduce((sum, edge) => sum + edgeSeriesCount(edge), 0);
  }
}

function edgesOf(dayMs: number) {
  return { startMs: dayMs, endMs: dayMs + DAY_MS, resolution: 'minute', isMerged: true } as const;
}

function bytesOf({ spans, edges }: StoredTotals): number {
  const ofSpans = spans.map(
    ({ service = '', name = '', durations }) =>
      ROW_BYTES + service.length + name.length + BUCKET_BYTES * (durations?.buckets.length ?? 0),
  );
  const ofEdges = edges.map(
    ({ client, server, system, destination, clientSide, serverSide }) =>
      ROW_BYTES +
      [client.name, server.name, system, destination].join('').length +
      BUCKET_BYTES * (clientSide.durations.buckets.length + serverSide.durations.buckets.length),
  );
  return [...ofSpans, ...ofEdges].reduce((sum, bytes) => sum + bytes, 0);
}

/** The series of totals. */
function seriesOf({ dayMs, spans, edges, beyondSpans, beyondEdges }: StoredTotals, recent: readonly SpanFigures[]) {
  const slowest = new Map<string, SlowestSpan>();
  for (const figures of recent) {
    if (figures.slowest !== undefined) {
      slowest.set(spanKey(figures), figures.slowest);
    }
  }
  return {
    spans: spans.map((figures) => spanReadings(figures, slowest.get(spanKey(figures)))),
    edges: edges.map((edge) => edgeReadings(edge, dayMs)),
    beyondSpans,
    beyondEdges,
  };
}

function bounds(): QueryBounds {
  return { signal: new AbortController().signal, timeoutMs: READ_MS };
}
