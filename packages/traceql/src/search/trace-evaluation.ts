import {
  AegisError,
  type FetchedSpan,
  type OrgId,
  type QueryStats,
  type SpanCondition,
  type SpanQueryReader,
  type TraceCandidateSearch,
} from '@aegisguard/model';
import type { Spanset } from '../evaluate/spanset.ts';
import type { SpansetQuery, TimeRange } from '../evaluate/spanset-query.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import type { Turns } from '../evaluate/turns.ts';
import { Work } from '../evaluate/work.ts';

/** Spans that are in memory at a time, those with attributes and the like being some times as large; and spans that one query reads. */
const SPANS_AT_ONCE_MAX = 300_000;
const WHOLE_SPANS_AT_ONCE_MAX = 150_000;
const SPANS_MAX = 3_000_000;

/** A place in the order of traces: start or duration in nanoseconds, then the id, both descending. */
export interface TracePlace {
  readonly key: bigint;
  readonly traceId: string;
}

/** Takes what was found in a trace, maybe nothing; false: no more are wanted. */
type OnTrace = (traceId: string, trace: TraceSpans, spansets: readonly Spanset[]) => boolean;

/** One query over the traces of an organization: candidates, their spans, and what is found in them. */
export class TraceEvaluation {
  readonly stats: QueryStats[] = [];
  readonly query: SpansetQuery;
  readonly range: TimeRange;
  readonly turns: Turns;
  readonly #reader: SpanQueryReader;
  readonly #orgId: OrgId;
  #spansRead = 0;

  constructor(
    reader: SpanQueryReader,
    orgId: OrgId,
    asked: { readonly query: SpansetQuery; readonly range: TimeRange; readonly turns: Turns },
  ) {
    this.#reader = reader;
    this.#orgId = orgId;
    this.query = asked.query;
    this.range = asked.range;
    this.turns = asked.turns;
  }

  /** A page of traces that may be meant; `next` is absent on the last one. */
  async candidates(
    sort: TraceCandidateSearch['sort'],
    limit: number,
    after: TracePlace | undefined,
    conditions: readonly SpanCondition[] = this.query.plan.candidates,
    range: TimeRange = this.range,
  ): Promise<{ readonly traces: readonly TracePlace[]; readonly next?: TracePlace }> {
    const { start, end } = range;
    const search = { conditions, start, end, sort, limit, ...(after === undefined ? {} : { after }) };
    const page = await this.#reader.findTraces(this.#orgId, search, this.turns.bounds);
    this.stats.push(page.stats);
    return page;
  }

  /** Looks at traces in their order, as many at a time as fit in memory; false when no more were wanted. */
  async each(traceIds: readonly string[], onTrace: OnTrace): Promise<boolean> {
    const spans = await this.spansOf(traceIds);
    if (spans === undefined) {
      const half = Math.ceil(traceIds.length / 2);
      return (await this.each(traceIds.slice(0, half), onTrace)) && (await this.each(traceIds.slice(half), onTrace));
    }
    const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
    for (const traceId of traceIds) {
      await this.turns.pass();
      const trace = new TraceSpans(byTrace.get(traceId) ?? [], new Work(this.turns.checkStretch));
      if (!onTrace(traceId, trace, this.query.find(trace, this.range))) {
        return false;
      }
    }
    return true;
  }

  /** The spans of traces that the query needs. Undefined: these are more than may be in memory, and fewer traces must be asked for. */
  async spansOf(traceIds: readonly string[]): Promise<readonly FetchedSpan[] | undefined> {
    if (traceIds.length === 0) {
      return [];
    }
    const { start, end } = this.range;
    const { spans: condition, parts, structure } = this.query.plan;
    const limit = Object.values(parts).includes(true) ? WHOLE_SPANS_AT_ONCE_MAX : SPANS_AT_ONCE_MAX;
    const fetch = { traceIds, start, end, condition, parts, structure, limit };
    try {
      const { spans, stats } = await this.#reader.fetchSpans(this.#orgId, fetch, this.turns.bounds);
      this.stats.push(stats);
      this.#count(spans.length);
      return spans;
    } catch (error) {
      if (error instanceof AegisError && error.code === 'query-too-large' && traceIds.length > 1) {
        return undefined;
      }
      throw error;
    }
  }

  #count(spans: number): void {
    this.#spansRead += spans;
    if (this.#spansRead > SPANS_MAX) {
      throw new AegisError('query-too-large', {
        detail: `The query has read ${SPANS_MAX} spans of traces that may be meant: name more of what the spans have, or ask for a shorter time.`,
      });
    }
  }
}
