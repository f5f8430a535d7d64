import { type FetchedSpan, type OrgId, type QueryStats, type SpanQueryReader, unixNanos } from '@aegisguard/model';
import { SpansetQuery } from '../evaluate/spanset-query.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import type { Turns } from '../evaluate/turns.ts';
import { Work } from '../evaluate/work.ts';
import type { SpanNeeds } from '../plan/span-needs.ts';
import { TraceEvaluation, type TracePlace } from '../search/trace-evaluation.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import type { MetricsGrid } from './metrics-grid.ts';
import { ALL_SPANS, type SpansAlone, spansAlone } from './spans-alone.ts';

/** Traces that are looked at at a time, where a span alone does not tell. */
const TRACES_AT_ONCE = 320;
/** Traces whose spans stand for others, in each of some parts of the range. */
const SAMPLE_WINDOWS = 4;
const SAMPLE_TRACES = 5;

/** Takes the span at an index. */
export type OnSpan = (trace: TraceSpans, index: number) => void;

/** Where spans that a pipeline finds come from. */
export class SpanSource {
  /** What the store can be asked for instead of spans; undefined where a span alone does not tell. */
  readonly own: SpansAlone | undefined;
  readonly #reader: SpanQueryReader;
  readonly #orgId: OrgId;
  readonly #grid: MetricsGrid;
  readonly #turns: Turns;
  readonly #lastVersions: boolean;
  readonly #evaluation: TraceEvaluation;

  constructor(
    reader: SpanQueryReader,
    orgId: OrgId,
    pipeline: SpansetPipeline,
    needs: SpanNeeds,
    {
      grid,
      turns,
      own,
      lastVersions = false,
    }: {
      readonly grid: MetricsGrid;
      readonly turns: Turns;
      /** Which spans are meant, where that is known already. */
      readonly own?: SpansAlone | undefined;
      /** A span that came several times counts once, as it came last. */
      readonly lastVersions?: boolean;
    },
  ) {
    this.#reader = reader;
    this.#orgId = orgId;
    this.#grid = grid;
    this.#turns = turns;
    this.#lastVersions = lastVersions;
    const query = new SpansetQuery(pipeline, needs);
    this.#evaluation = new TraceEvaluation(reader, orgId, { query, range: grid, turns });
    this.own = own ?? spansAlone(pipeline, query.plan);
  }

  get stats(): readonly QueryStats[] {
    return this.#evaluation.stats;
  }

  /** Hands over every span that is found. */
  async each(onSpan: OnSpan): Promise<void> {
    if (this.#evaluation.query.plan.candidates.length === 0 || this.#grid.bucketCount === 0) {
      return;
    }
    if (this.own === undefined) {
      await this.#eachOfTraces(onSpan);
    } else {
      await this.#scan(this.own, onSpan);
    }
  }

  /** Hands over some of them that lie apart in time, the same ones every time. Only where a span alone tells. */
  async sample(onSpan: OnSpan): Promise<void> {
    const own = this.own ?? ALL_SPANS;
    const traceIds = new Set<string>();
    for (let window = 0; window < SAMPLE_WINDOWS; window += 1) {
      const range = this.#part(window);
      const page = await this.#evaluation.candidates('newest', SAMPLE_TRACES, undefined, [own.condition], range);
      for (const { traceId } of page.traces) {
        traceIds.add(traceId);
      }
    }
    this.#take((await this.#evaluation.spansOf([...traceIds])) ?? [], own, onSpan);
  }

  #part(window: number): Pick<MetricsGrid, 'start' | 'end'> {
    const { start, end } = this.#grid;
    const edge = (number: number) => unixNanos(start + ((end - start) * BigInt(number)) / BigInt(SAMPLE_WINDOWS));
    return { start: edge(window), end: edge(window + 1) };
  }

  async #scan(own: SpansAlone, onSpan: OnSpan): Promise<void> {
    const { start, end } = this.#grid;
    const { parts } = this.#evaluation.query.plan;
    const scan = { condition: own.condition, start, end, parts, lastVersions: this.#lastVersions };
    const take = (spans: readonly FetchedSpan[]): void => this.#take(spans, own, onSpan);
    this.#evaluation.stats.push(await this.#reader.scanSpans(this.#orgId, scan, this.#turns.bounds, take));
  }

  /** Spans of any traces, each of which is looked at by itself. */
  #take(spans: readonly FetchedSpan[], { test }: SpansAlone, onSpan: OnSpan): void {
    this.#turns.begin();
    const { start, end } = this.#grid;
    const together = new TraceSpans(spans, new Work(this.#turns.checkStretch));
    for (const [index, { startTime }] of together.spans.entries()) {
      together.work.spend(1);
      if (startTime >= start && startTime < end && test(together, index)) {
        onSpan(together, index);
      }
    }
  }

  async #eachOfTraces(onSpan: OnSpan): Promise<void> {
    let after: TracePlace | undefined;
    do {
      const page = await this.#evaluation.candidates('newest', TRACES_AT_ONCE, after);
      await this.#evaluation.each(
        page.traces.map(({ traceId }) => traceId),
        (_traceId, trace, spansets) => {
          for (const index of new Set(spansets.flatMap(({ spans }) => spans))) {
            onSpan(trace, index);
          }
          return true;
        },
      );
      after = page.next;
    } while (after !== undefined);
  }
}
