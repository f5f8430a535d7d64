import type {
  FetchedSpan,
  OrgId,
  QueryBounds,
  QueryStats,
  SpanAggregation,
  SpanCondition,
  SpanField,
  SpanGroups,
  SpanQueryReader,
  UnixNanos,
} from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import { fieldReader } from '../evaluate/read-field.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import { Turns } from '../evaluate/turns.ts';
import { firstScalar, type Scalar } from '../evaluate/value.ts';
import { Work } from '../evaluate/work.ts';
import { allOf } from '../plan/condition.ts';
import { conditionOf } from '../plan/condition-of-expression.ts';
import { listedField } from '../plan/listed-field.ts';
import { planPipeline } from '../plan/plan-pipeline.ts';
import { SpanNeeds } from '../plan/span-needs.ts';
import type { Field } from '../syntax/ast/field-expression.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { type Measure, measureOf } from './measure.ts';
import { MetricsGrid } from './metrics-grid.ts';
import { SpanGroupTable } from './span-group-table.ts';
import { ALL_SPANS, type SpansAlone, spansAlone } from './spans-alone.ts';

/** Values that are told of each facet. */
const FACET_VALUES_MAX = 20;
/** Values of a facet that are told apart where spans are looked at one by one. */
const SCANNED_VALUES_MAX = 10_000;
const NOWHERE = { from: 0, to: 0 };
const STATUS: Field = { kind: 'intrinsic', isParent: false, name: 'status', at: NOWHERE };
const DURATION: Field = { kind: 'intrinsic', isParent: false, name: 'duration', at: NOWHERE };

/** What spans look like together is asked. */
export interface OverviewQuest {
  /** Absent: all spans. */
  readonly query?: SpansetPipeline;
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Nanoseconds. */
  readonly step: bigint;
  readonly facets: readonly Field[];
}

/** How many spans, and how many of them failed. */
interface SpanTally {
  readonly spans: number;
  readonly errors: number;
}

/** A field's most frequent values. */
interface Facet {
  readonly field: Field;
  readonly values: readonly { readonly value: Scalar; readonly count: number }[];
}

/** What spans look like together. */
export interface SpanOverview {
  readonly grid: MetricsGrid;
  /** Of each bucket of the grid. */
  readonly times: readonly SpanTally[];
  /** By the powers of two of nanoseconds that durations do not exceed, in seconds; ascending. */
  readonly durations: readonly (SpanTally & { readonly power: number })[];
  readonly facets: readonly Facet[];
  readonly stats: QueryStats;
}

/** Tells of the spans that a query finds; where that depends on other spans of their traces, of all those that it asks something of, as far as filters behind are true of them. Facets are of the latest ones, where the store tells them. Throws `query-not-runnable` for a facet that a span alone does not tell. */
export async function overviewSpans(
  reader: SpanQueryReader,
  orgId: OrgId,
  quest: OverviewQuest,
  bounds: QueryBounds,
): Promise<SpanOverview> {
  const grid = new MetricsGrid(quest.start, quest.end, quest.step);
  const overview = new Overview(reader, orgId, { quest, grid, turns: new Turns(bounds) });
  return await overview.run();
}

function meantBy(query: SpansetPipeline | undefined): SpansAlone {
  if (query === undefined) {
    return ALL_SPANS;
  }
  const plan = planPipeline(query);
  return spansAlone(query, plan) ?? { ...ALL_SPANS, condition: allOf([plan.spans, ...filtersBehind(query)]) };
}

/** What is true of every span that is found, whatever the first stage asks. */
function filtersBehind({ stages: [, ...behind] }: SpansetPipeline): readonly SpanCondition[] {
  return behind.flatMap((stage) =>
    stage.kind === 'spanset-filter' && stage.condition !== undefined ? [conditionOf(stage.condition).condition] : [],
  );
}

class Overview {
  readonly #reader: SpanQueryReader;
  readonly #orgId: OrgId;
  readonly #quest: OverviewQuest;
  readonly #grid: MetricsGrid;
  readonly #turns: Turns;
  readonly #meant: SpansAlone;
  /** The facets as the store knows them. */
  readonly #listed: readonly { readonly field: Field; readonly stored: SpanField }[];
  readonly #counts: SpanGroupTable;
  readonly #durations: SpanGroupTable;
  readonly #stats: QueryStats[] = [];

  constructor(
    reader: SpanQueryReader,
    orgId: OrgId,
    asked: { readonly quest: OverviewQuest; readonly grid: MetricsGrid; readonly turns: Turns },
  ) {
    this.#reader = reader;
    this.#orgId = orgId;
    this.#quest = asked.quest;
    this.#grid = asked.grid;
    this.#turns = asked.turns;
    this.#meant = meantBy(asked.quest.query);
    this.#listed = asked.quest.facets.map((field) => ({ field, stored: listedField(field) }));
    const readers = [fieldReader(STATUS)];
    const count: Measure = measureOf({ kind: 'count_over_time', by: [], at: NOWHERE });
    const log2: Measure = measureOf({ kind: 'histogram_over_time', of: DURATION, by: [], at: NOWHERE });
    this.#counts = new SpanGroupTable(this.#grid, count, readers, 0);
    this.#durations = new SpanGroupTable(this.#grid, log2, readers, 0);
  }

  async run(): Promise<SpanOverview> {
    const facets = (await this.#byStore()) ?? (await this.#byScan());
    const times = Array.from({ length: this.#grid.bucketCount }, (_, bucket) =>
      tallyOf(this.#counts, (columns) => columns.get(0)?.[bucket] ?? 0),
    );
    const powers = new Set(this.#durations.groups.flatMap(({ columns }) => [...columns.keys()]));
    const durations = [...powers]
      .sort((a, b) => a - b)
      .map((power) => ({
        power,
        ...tallyOf(this.#durations, (columns) => columns.get(power)?.reduce((sum, count) => sum + count, 0) ?? 0),
      }));
    return { grid: this.#grid, times, durations, facets, stats: totalStats(this.#stats) };
  }

  /** Undefined when the store cannot tell it exactly. */
  async #byStore(): Promise<readonly Facet[] | undefined> {
    const { condition, isExact } = this.#meant;
    if (!isExact || this.#grid.bucketCount === 0) {
      return undefined;
    }
    const { start, end, step } = this.#grid;
    const by: readonly SpanField[] = [{ kind: 'intrinsic', name: 'status' }];
    const base = { condition, start, end, by, groupsMax: 10 };
    const counts = await this.#aggregate({ ...base, step, measure: { kind: 'count' } });
    const field: SpanField = { kind: 'intrinsic', name: 'duration' };
    const powers = counts && (await this.#aggregate({ ...base, step: end - start, measure: { kind: 'log2', field } }));
    if (counts === undefined || powers === undefined) {
      return undefined;
    }
    this.#counts.addMeasured(counts);
    this.#durations.addMeasured(powers);
    const facets: Facet[] = [];
    for (const { field: asked, stored } of this.#listed) {
      const wish = { field: stored, start, end, condition, limit: FACET_VALUES_MAX };
      const { values, stats } = await this.#reader.fieldValues(this.#orgId, wish, this.#turns.bounds);
      this.#stats.push(stats);
      facets.push({ field: asked, values });
    }
    return facets;
  }

  async #aggregate(aggregation: SpanAggregation): Promise<SpanGroups | undefined> {
    const groups = await this.#reader.aggregateSpans(this.#orgId, aggregation, this.#turns.bounds);
    if (groups !== undefined) {
      this.#stats.push(groups.stats);
    }
    return groups;
  }

  async #byScan(): Promise<readonly Facet[]> {
    const needs = new SpanNeeds();
    this.#quest.facets.forEach(needs.add);
    const parts = this.#quest.query === undefined ? needs.parts : planPipeline(this.#quest.query, needs).parts;
    const facets = this.#quest.facets.map((field) => ({
      field,
      read: fieldReader(field),
      counts: new Map<Scalar, number>(),
    }));
    const { start, end } = this.#grid;
    const take = (spans: readonly FetchedSpan[]): void => {
      this.#turns.begin();
      const together = new TraceSpans(spans, new Work(this.#turns.checkStretch));
      for (const [index] of together.spans.entries()) {
        together.work.spend(1 + facets.length);
        if (this.#meant.test(together, index)) {
          this.#counts.add(together, index);
          this.#durations.add(together, index);
          for (const { read, counts } of facets) {
            countValue(counts, firstScalar(read(together, index)));
          }
        }
      }
    };
    const scan = { condition: this.#meant.condition, start, end, parts };
    this.#stats.push(await this.#reader.scanSpans(this.#orgId, scan, this.#turns.bounds, take));
    return facets.map(({ field, counts }) => ({ field, values: mostFrequent(counts) }));
  }
}

type Columns = SpanGroupTable['groups'][number]['columns'];

function tallyOf({ groups }: SpanGroupTable, read: (columns: Columns) => number): SpanTally {
  let spans = 0;
  let errors = 0;
  for (const { by, columns } of groups) {
    const count = read(columns);
    spans += count;
    errors += by[0] === 'error' ? count : 0;
  }
  return { spans, errors };
}

function countValue(counts: Map<Scalar, number>, value: Scalar | undefined): void {
  if (value !== undefined && (counts.has(value) || counts.size < SCANNED_VALUES_MAX)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
}

function mostFrequent(counts: ReadonlyMap<Scalar, number>): Facet['values'] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1))
    .slice(0, FACET_VALUES_MAX);
}
