import {
  AegisError,
  type FetchedSpan,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type SpanQueryReader,
  totalStats,
} from '@aegisguard/model';
import { fieldName } from '../evaluate/expression-name.ts';
import type { ShownField } from '../evaluate/spanset.ts';
import { SpansetQuery, type TimeRange } from '../evaluate/spanset-query.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import { Turns } from '../evaluate/turns.ts';
import { Work } from '../evaluate/work.ts';
import { walkPipeline } from '../plan/walk-fields.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { type FoundTrace, SpansetTeller } from './found-trace.ts';

/** Candidates of the first look at least, and of any at most; each is four times the one before. */
const CANDIDATES_MIN = 20;
const CANDIDATES_MAX = 320;
const GROWTH = 4;
/** Spans that are in memory at a time, and that one search reads. */
const SPANS_AT_ONCE_MAX = 300_000;
const SPANS_MAX = 3_000_000;

/** A place in the order of traces: start or duration in nanoseconds, then the id, both descending. */
export interface TracePlace {
  readonly key: bigint;
  readonly traceId: string;
}

/** One page of traces is asked for. */
export interface TraceQuest extends TimeRange {
  readonly query: SpansetPipeline;
  readonly sort: 'newest' | 'slowest';
  readonly limit: number;
  readonly after?: TracePlace;
  /** Spans that are told of each spanset. */
  readonly spansPerTrace: number;
}

/** A page; `next` is absent on the last one. A page may be empty and not be the last only where the one before was full. */
export interface FoundTraces {
  readonly traces: readonly FoundTrace[];
  readonly next?: TracePlace;
  readonly stats: QueryStats;
}

/** Finds traces: the store tells of candidates, in order, and the query is evaluated over their spans. Throws `query-timeout`, `query-too-large`, `invalid-query`. */
export async function searchTraces(
  reader: SpanQueryReader,
  orgId: OrgId,
  quest: TraceQuest,
  bounds: QueryBounds,
): Promise<FoundTraces> {
  return new TraceHunt(reader, orgId, quest, new Turns(bounds)).run();
}

class TraceHunt {
  readonly #reader: SpanQueryReader;
  readonly #orgId: OrgId;
  readonly #quest: TraceQuest;
  readonly #turns: Turns;
  readonly #query: SpansetQuery;
  readonly #teller: SpansetTeller;
  readonly #stats: QueryStats[] = [];
  readonly #found: FoundTrace[] = [];
  #spansRead = 0;

  constructor(reader: SpanQueryReader, orgId: OrgId, quest: TraceQuest, turns: Turns) {
    this.#reader = reader;
    this.#orgId = orgId;
    this.#quest = quest;
    this.#turns = turns;
    this.#query = new SpansetQuery(quest.query);
    this.#teller = new SpansetTeller(shownFields(quest.query), quest.spansPerTrace);
  }

  async run(): Promise<FoundTraces> {
    const { limit, start, end, sort } = this.#quest;
    const { candidates } = this.#query.plan;
    let after = this.#quest.after;
    let batch = Math.max(CANDIDATES_MIN, Math.min(limit + 1, CANDIDATES_MAX));
    for (let isMore = candidates.length > 0; isMore; ) {
      const search = {
        conditions: candidates,
        start,
        end,
        sort,
        limit: batch,
        ...(after === undefined ? {} : { after }),
      };
      const page = await this.#reader.findTraces(this.#orgId, search, this.#turns.bounds);
      this.#stats.push(page.stats);
      await this.#verify(page.traces);
      if (this.#found.length > limit || (this.#found.length === limit && page.next !== undefined)) {
        const last = this.#found[limit - 1];
        return this.#answer(last === undefined ? undefined : { key: last.key, traceId: last.traceId });
      }
      after = page.next;
      isMore = after !== undefined;
      batch = Math.min(batch * GROWTH, CANDIDATES_MAX);
    }
    return this.#answer(undefined);
  }

  #answer(next: TracePlace | undefined): FoundTraces {
    const traces = this.#found.slice(0, this.#quest.limit);
    const stats = totalStats(this.#stats);
    return next === undefined ? { traces, stats } : { traces, next, stats };
  }

  /** Adds those of the candidates in which something is found, and stops at one more than is wanted. */
  async #verify(candidates: readonly TracePlace[]): Promise<void> {
    if (candidates.length === 0 || this.#found.length > this.#quest.limit) {
      return;
    }
    const spans = await this.#fetch(candidates);
    if (spans === undefined) {
      const half = Math.ceil(candidates.length / 2);
      await this.#verify(candidates.slice(0, half));
      await this.#verify(candidates.slice(half));
      return;
    }
    const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
    for (const { traceId, key } of candidates) {
      if (this.#found.length > this.#quest.limit) {
        return;
      }
      await this.#turns.pass();
      const trace = new TraceSpans(byTrace.get(traceId) ?? [], new Work(this.#turns.checkStretch));
      const spansets = this.#query.find(trace, this.#quest);
      if (spansets.length > 0) {
        this.#found.push(this.#teller.tell({ traceId, key }, trace, spansets));
      }
    }
  }

  /** Undefined: these are more spans than may be in memory, and fewer traces must be asked for. */
  async #fetch(candidates: readonly TracePlace[]): Promise<readonly FetchedSpan[] | undefined> {
    const { start, end } = this.#quest;
    const { spans: condition, parts, structure } = this.#query.plan;
    const traceIds = candidates.map(({ traceId }) => traceId);
    try {
      const fetch = { traceIds, start, end, condition, parts, structure, limit: SPANS_AT_ONCE_MAX };
      const { spans, stats } = await this.#reader.fetchSpans(this.#orgId, fetch, this.#turns.bounds);
      this.#stats.push(stats);
      this.#count(spans.length);
      return spans;
    } catch (error) {
      if (error instanceof AegisError && error.code === 'query-too-large' && candidates.length > 1) {
        return undefined;
      }
      throw error;
    }
  }

  #count(spans: number): void {
    this.#spansRead += spans;
    if (this.#spansRead > SPANS_MAX) {
      throw new AegisError('query-too-large', {
        detail: `The search has read ${SPANS_MAX} spans of traces that may be meant, and most are not: name more of what the spans have, or search a shorter time.`,
      });
    }
  }
}

/** The fields that a query names, each once. */
function shownFields(query: SpansetPipeline): ShownField[] {
  const fields = new Map<string, ShownField>();
  walkPipeline(
    query,
    (field) => fields.set(fieldName(field), field),
    () => undefined,
  );
  return [...fields.values()];
}
