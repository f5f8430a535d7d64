import {
  AegisError,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type SpanAggregation,
  type SpanField,
  type SpanGroups,
  type SpanQueryReader,
  totalStats,
  type UnixNanos,
} from '@aegisguard/model';
import { fieldReader } from '../evaluate/read-field.ts';
import { Turns } from '../evaluate/turns.ts';
import { spanField } from '../plan/condition-of-expression.ts';
import { SpanNeeds } from '../plan/span-needs.ts';
import type { MetricsExpression, MetricsPipeline } from '../syntax/ast/trace-query.ts';
import { compareSpans } from './compare-spans.ts';
import { type Measure, type MeasuringAggregate, measureOf } from './measure.ts';
import { MetricsGrid } from './metrics-grid.ts';
import { inOrder, labelText, type MetricsSeries } from './metrics-series.ts';
import { seriesOfGroups } from './series-of-groups.ts';
import { calculate, type MetricsOperand, runStages } from './series-stages.ts';
import { SpanGroupTable } from './span-group-table.ts';
import { SpanSource } from './span-source.ts';

/** Groups that the store tells at most. */
const GROUPS_MAX = 20_000;

/** Characters of the labels of an answer. */
const LABELS_LENGTH_MAX = 16_000_000;

/** Series over a range are asked for. */
export interface MetricsQuest {
  readonly query: MetricsExpression;
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Nanoseconds. */
  readonly step: bigint;
  /** Of each series, at most. */
  readonly exemplars: number;
}

/** Series, in the order of their labels. */
export interface MetricsAnswer {
  readonly series: readonly MetricsSeries[];
  readonly grid: MetricsGrid;
  readonly stats: QueryStats;
}

/** Answers a metrics query. Throws `query-timeout`, `query-too-large`, `query-not-runnable`, `invalid-query`. */
export async function evaluateMetrics(
  reader: SpanQueryReader,
  orgId: OrgId,
  quest: MetricsQuest,
  bounds: QueryBounds,
): Promise<MetricsAnswer> {
  const grid = new MetricsGrid(quest.start, quest.end, quest.step);
  const evaluation = new MetricsEvaluation(reader, orgId, {
    grid,
    turns: new Turns(bounds),
    exemplars: quest.exemplars,
  });
  const answer = await evaluation.run(quest.query);
  if ('number' in answer) {
    throw new AegisError('query-not-runnable', { detail: 'The query is a number, of no spans.' });
  }
  grid.checkSeries(answer.series.length, true);
  checkLabels(answer.series);
  return { series: inOrder(answer.series), grid, stats: totalStats(evaluation.stats) };
}

function checkLabels(series: readonly MetricsSeries[]): void {
  const length = series.reduce(
    (sum, { labels }) => sum + labels.reduce((own, one) => own + labelText(one).length, 0),
    0,
  );
  if (length > LABELS_LENGTH_MAX) {
    throw new AegisError('query-too-large', {
      detail: 'The labels of the series are too long together: group by shorter values, or by fewer.',
    });
  }
}

class MetricsEvaluation {
  readonly stats: QueryStats[] = [];
  readonly #reader: SpanQueryReader;
  readonly #orgId: OrgId;
  readonly #grid: MetricsGrid;
  readonly #turns: Turns;
  readonly #exemplars: number;
  /** Series of left sides that wait for their right ones. */
  #waiting = 0;

  constructor(
    reader: SpanQueryReader,
    orgId: OrgId,
    asked: { readonly grid: MetricsGrid; readonly turns: Turns; readonly exemplars: number },
  ) {
    this.#reader = reader;
    this.#orgId = orgId;
    this.#grid = asked.grid;
    this.#turns = asked.turns;
    this.#exemplars = asked.exemplars;
  }

  async run(query: MetricsExpression): Promise<MetricsOperand> {
    switch (query.kind) {
      case 'number':
        return { number: query.value };
      case 'metrics':
        return { series: await runStages(await this.#pipeline(query), query.stages, this.#turns) };
      case 'metrics-operation': {
        const left = await this.run(query.left);
        const leftCount = 'series' in left ? left.series.length : 0;
        this.#waiting += leftCount;
        const right = await this.run(query.right);
        this.#waiting -= leftCount;
        await this.#turns.pass();
        const answer = calculate(query.op, left, right);
        return 'series' in answer ? { series: await runStages(answer.series, query.stages, this.#turns) } : answer;
      }
    }
  }

  async #pipeline({ spansets, aggregate }: MetricsPipeline): Promise<readonly MetricsSeries[]> {
    const context = { grid: this.#grid, turns: this.#turns };
    if (aggregate.kind === 'compare') {
      const { series, stats } = await compareSpans(this.#reader, this.#orgId, { spansets, aggregate }, context);
      this.stats.push(stats);
      return series;
    }
    const needs = new SpanNeeds();
    for (const field of aggregate.by) {
      needs.add(field);
    }
    if ('of' in aggregate) {
      needs.add(aggregate.of);
    }
    const source = new SpanSource(this.#reader, this.#orgId, spansets, needs, context);
    const series = await this.#measured(source, aggregate);
    this.stats.push(...source.stats);
    return series;
  }

  async #measured(source: SpanSource, aggregate: MeasuringAggregate): Promise<readonly MetricsSeries[]> {
    const measure = measureOf(aggregate);
    const table = new SpanGroupTable(this.#grid, measure, aggregate.by.map(fieldReader), this.#exemplars);
    if (await this.#measuredByStore(source, aggregate, measure, table)) {
      if (this.#exemplars > 0 && table.groups.length > 0) {
        await source.sample((trace, index) => table.offer(trace, index));
      }
    } else {
      await source.each((trace, index) => table.add(trace, index));
    }
    const made = { grid: this.#grid, turns: this.#turns, exemplarsMax: this.#exemplars };
    const series = await seriesOfGroups(aggregate, table.groups, made);
    this.#grid.checkSeries(this.#waiting + series.length);
    return series;
  }

  /** Lets the store do it; false where it cannot tell exactly. */
  async #measuredByStore(
    source: SpanSource,
    aggregate: MeasuringAggregate,
    { kind }: Measure,
    table: SpanGroupTable,
  ): Promise<boolean> {
    const by = aggregate.by.map(spanField);
    const of = 'of' in aggregate ? spanField(aggregate.of) : undefined;
    const isTold = by.every((field) => field !== undefined) && 'of' in aggregate === (of !== undefined);
    if (source.own?.isExact !== true || !isTold || this.#grid.bucketCount === 0) {
      return false;
    }
    const { start, end, step } = this.#grid;
    const base = { condition: source.own.condition, start, end, step, by: by.filter((field) => field !== undefined) };
    const measured = await this.#aggregate({ ...base, measure: storeMeasure(kind, of), groupsMax: GROUPS_MAX });
    if (measured === undefined) {
      return false;
    }
    if (kind === 'average' && of !== undefined) {
      const counts = await this.#aggregate({ ...base, measure: { kind: 'log2', field: of }, groupsMax: GROUPS_MAX });
      if (counts === undefined) {
        return false;
      }
      table.addCounts(counts);
    }
    table.addMeasured(measured);
    return true;
  }

  async #aggregate(aggregation: SpanAggregation): Promise<SpanGroups | undefined> {
    const groups = await this.#reader.aggregateSpans(this.#orgId, aggregation, this.#turns.bounds);
    if (groups !== undefined) {
      this.stats.push(groups.stats);
    }
    return groups;
  }
}

function storeMeasure(kind: Measure['kind'], field: SpanField | undefined): SpanAggregation['measure'] {
  if (field === undefined || kind === 'count') {
    return { kind: 'count' };
  }
  return { kind: kind === 'average' ? 'sum' : kind, field };
}
