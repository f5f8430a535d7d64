import type { GraphEdge, OrgId, QueryBounds, ServiceReader, SlowestSpan, SpanFigures } from '@aegisguard/model';
import type { ServiceStore } from '@aegisguard/storage';
import { edgeReadings, edgeSeriesCount, type ReadingSet, spanReadings } from './span-metric-series.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
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
/** Who has not looked for so long has forgotten everything; which organizations sent is known for six hours. */
const LOOKED_MS_MAX = HOUR_MS;
/** Figures and edges that are remembered, of all organizations; some 300 bytes each. */
const REMEMBERED_MAX = 50_000;

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
  readonly spans: readonly SpanFigures[];
  readonly edges: readonly GraphEdge[];
  readonly beyondSpans: number;
  readonly beyondEdges: number;
}

/** Reads what spans have come to, and remembers it of organizations that send nothing: a read is three statements, and most organizations rest most of the time. */
export class SpanTotals {
  readonly #reader: TotalsReader;
  readonly #known = new Map<OrgId, StoredTotals>();
  #remembered = 0;
  #lookedMs = Number.NEGATIVE_INFINITY;

  constructor(reader: TotalsReader) {
    this.#reader = reader;
  }

  /** Forgets the organizations of which something may have changed since this was last called. */
  async forgetChanged(nowMs: number): Promise<void> {
    if (nowMs - this.#lookedMs > LOOKED_MS_MAX) {
      this.#known.clear();
      this.#remembered = 0;
    } else if (this.#known.size > 0) {
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
    const totals = { dayMs, spans, edges, beyondSpans, beyondEdges };
    if (failures.length === 0) {
      this.#remember(orgId, totals);
    }
    return { ...seriesOf(totals, recent), failures };
  }

  #remember(orgId: OrgId, totals: StoredTotals): void {
    const size = sizeOf(totals);
    if (this.#remembered + size <= REMEMBERED_MAX) {
      this.#known.set(orgId, totals);
      this.#remembered += size;
    }
  }

  #forget(orgId: OrgId): void {
    const known = this.#known.get(orgId);
    if (known !== undefined) {
      this.#known.delete(orgId);
      this.#remembered -= sizeOf(known);
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

function sizeOf({ spans, edges }: StoredTotals): number {
  return 1 + spans.length + edges.length;
}

/** The series of totals. */
function seriesOf({ dayMs, spans, edges, beyondSpans, beyondEdges }: StoredTotals, recent: readonly SpanFigures[]) {
  const slowest = new Map<string, SlowestSpan>();
  for (const figures of recent) {
    if (figures.slowest !== undefined) {
      slowest.set(spanReadings(figures, undefined).key, figures.slowest);
    }
  }
  return {
    spans: spans.map((figures) => spanReadings(figures, slowest.get(spanReadings(figures, undefined).key))),
    edges: edges.map((edge) => edgeReadings(edge, dayMs)),
    beyondSpans,
    beyondEdges,
  };
}

function bounds(): QueryBounds {
  return { signal: new AbortController().signal, timeoutMs: READ_MS };
}
