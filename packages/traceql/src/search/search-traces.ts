import { type OrgId, type QueryBounds, type QueryStats, type SpanQueryReader, totalStats } from '@aegisguard/model';
import { SpansetQuery, type TimeRange } from '../evaluate/spanset-query.ts';
import { Turns } from '../evaluate/turns.ts';
import { walkPipeline } from '../plan/walk-fields.ts';
import type { Field } from '../syntax/ast/field-expression.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { printField } from '../syntax/print/print-field.ts';
import { type FoundTrace, SpansetTeller } from './found-trace.ts';
import { TraceEvaluation, type TracePlace } from './trace-evaluation.ts';

/** Candidates of the first look at least, and of any at most; each is four times the one before. */
const CANDIDATES_MIN = 20;
const CANDIDATES_MAX = 320;
const GROWTH = 4;

/** One page of traces is asked for. */
export interface TraceQuest extends TimeRange {
  readonly query: SpansetPipeline;
  readonly sort: 'newest' | 'slowest';
  readonly limit: number;
  readonly after?: TracePlace;
  /** Spans that are told of each spanset, and of all of a trace together. */
  readonly spansPerTrace: number;
  /** Spansets that are told of each trace. */
  readonly spansetsPerTrace: number;
}

/** A page; `next` is absent on the last one. Only the last page can be empty. */
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
  const query = new SpansetQuery(quest.query);
  const turns = new Turns(bounds);
  const evaluation = new TraceEvaluation(reader, orgId, { query, range: quest, turns });
  const found = query.plan.candidates.length === 0 ? [] : await findPage(evaluation, quest);
  const traces = found.slice(0, quest.limit);
  const last = traces.at(-1);
  const stats = totalStats(evaluation.stats);
  return found.length > traces.length && last !== undefined
    ? { traces, next: { key: last.key, traceId: last.traceId }, stats }
    : { traces, stats };
}

/** As many traces as are wanted, and one more where there is one. */
async function findPage(evaluation: TraceEvaluation, quest: TraceQuest): Promise<readonly FoundTrace[]> {
  const { limit, sort } = quest;
  const teller = new SpansetTeller(shownFields(quest.query), {
    spans: quest.spansPerTrace,
    spansets: quest.spansetsPerTrace,
  });
  const found: FoundTrace[] = [];
  let after = quest.after;
  let batch = Math.min(Math.max(CANDIDATES_MIN, limit) + 1, CANDIDATES_MAX);
  do {
    const page = await evaluation.candidates(sort, batch, after);
    const keys = new Map(page.traces.map(({ traceId, key }) => [traceId, key]));
    const isMoreWanted = await evaluation.each([...keys.keys()], (traceId, trace, spansets) => {
      if (spansets.length > 0) {
        found.push(teller.tell({ traceId, key: keys.get(traceId) ?? 0n }, trace, spansets));
      }
      return found.length <= limit;
    });
    if (!isMoreWanted) {
      break;
    }
    after = page.next;
    batch = Math.min(batch * GROWTH, CANDIDATES_MAX);
  } while (after !== undefined);
  return found;
}

/** The fields that a query names, each once. */
function shownFields(query: SpansetPipeline): Field[] {
  const fields = new Map<string, Field>();
  walkPipeline(
    query,
    (field) => fields.set(printField(field), field),
    () => undefined,
  );
  return [...fields.values()];
}
