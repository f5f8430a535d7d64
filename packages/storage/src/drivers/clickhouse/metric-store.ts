import type {
  Cardinality,
  FoundMetadata,
  FoundNames,
  FoundSeriesLabels,
  GridAnswer,
  GridRequest,
  LabelMatcher,
  MetadataQuestion,
  MetricSelection,
  NativeHistogram,
  OrgId,
  QueryBounds,
  SelectedSamples,
  SeriesQuestion,
} from '@aegisguard/model';
import type { EncodedMetricBatch, MetricInsertReport, MetricStore, MetricTable } from '../../driver.ts';
import { FloatTotals, HistogramTotals } from './delta-reader.ts';
import {
  addIncrement,
  floatIncrements,
  histogramIncrements,
  movedHoursBlocks,
  totalHistogramsBlocks,
  totalSamplesBlocks,
} from './delta-samples.ts';
import { DeltaTotals, type Increment } from './delta-totals.ts';
import type { Engine } from './engine.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { selectCardinality } from './metric-cardinality-query.ts';
import { metricTarget } from './metric-columns.ts';
import { type SeriesExemplars, selectExemplars, selectMetadata } from './metric-exemplar-query.ts';
import { selectGrid } from './metric-grid-query.ts';
import { selectLabelNames, selectLabelValues, selectSeriesLabels } from './metric-names-query.ts';
import type { MetricLimits, MetricReading } from './metric-reading.ts';
import { MetricRollup } from './metric-rollup.ts';
import { selectSamples } from './metric-sample-query.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecentFollower } from './recent/recent-follower.ts';
import { type RecentLimits, RecentSamples } from './recent/recent-samples.ts';
import { SeriesFinder } from './recent/series-finder.ts';
import { RegexCheck } from './regex-check.ts';

/** Totals kept in memory, ~300 bytes each; of histograms fewer, they are larger. */
const FLOAT_TOTALS_MAX = 200_000;
const HISTOGRAM_TOTALS_MAX = 20_000;

/** What a metric store is made of. */
export interface MetricStoreParts {
  readonly engine: Engine;
  readonly inserter: Inserter;
  readonly runner: QueryRunner;
  readonly tables: TableNames;
  readonly limits: MetricLimits;
  /** undefined: no samples are kept in memory. */
  readonly recent: RecentLimits | undefined;
  /** Of one statement of a rollup. */
  readonly rollupMemoryBytesMax: number;
  readonly nowMs: () => number;
}

/** Metrics in ClickHouse. */
export class ClickHouseMetricStore implements MetricStore {
  readonly #parts: MetricStoreParts;
  readonly #regexes = new RegexCheck();
  readonly #finder: SeriesFinder;
  readonly #recent: RecentSamples | undefined;
  readonly #follower: RecentFollower;
  readonly #rollup: MetricRollup;
  readonly #floats: DeltaTotals<number>;
  readonly #histograms: DeltaTotals<NativeHistogram>;
  /** Groups are inserted one after the other: a total must be stored before the next increment is added to it. */
  #lastInsert: Promise<unknown> = Promise.resolve();

  constructor(parts: MetricStoreParts) {
    this.#parts = parts;
    const { runner, tables, recent, nowMs } = parts;
    this.#finder = new SeriesFinder(runner, tables);
    this.#recent = recent === undefined ? undefined : new RecentSamples(runner, tables, recent, nowMs);
    this.#follower = new RecentFollower(async () => await this.#recent?.follow(), recent?.followMs);
    this.#rollup = new MetricRollup(parts.engine, runner, tables, parts.rollupMemoryBytesMax);
    this.#floats = new DeltaTotals(
      new FloatTotals(runner, tables.samples, nowMs),
      (total, increment) => total + increment,
      FLOAT_TOTALS_MAX,
    );
    this.#histograms = new DeltaTotals(
      new HistogramTotals(runner, tables.histograms, nowMs),
      addIncrement,
      HISTOGRAM_TOTALS_MAX,
    );
  }

  async insert(batches: readonly EncodedMetricBatch[]): Promise<MetricInsertReport> {
    const insert = this.#lastInsert.then(() => this.#insertGroup(batches));
    this.#lastInsert = insert.catch(() => undefined);
    const report = await insert;
    this.#follower.noteInsert();
    return report;
  }

  async rollUp(nowMs: number): Promise<number> {
    return await this.#rollup.rollUp(nowMs);
  }

  async readSamples(orgId: OrgId, selection: MetricSelection, bounds: QueryBounds): Promise<SelectedSamples> {
    return await selectSamples(await this.#reading(orgId, selection.matchers, bounds), selection);
  }

  async readGrid(orgId: OrgId, request: GridRequest, bounds: QueryBounds): Promise<GridAnswer | undefined> {
    return await selectGrid(await this.#reading(orgId, request.matchers, bounds), request);
  }

  async readExemplars(orgId: OrgId, selection: MetricSelection, bounds: QueryBounds): Promise<SeriesExemplars[]> {
    return await selectExemplars(await this.#reading(orgId, selection.matchers, bounds), selection);
  }

  async readLabelNames(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundNames> {
    const deadline = await this.#deadline(question.selections.flat(), bounds);
    return await selectLabelNames(this.#parts.runner, this.#parts.tables, orgId, question, deadline);
  }

  async readLabelValues(
    orgId: OrgId,
    label: string,
    question: SeriesQuestion,
    bounds: QueryBounds,
  ): Promise<FoundNames> {
    const deadline = await this.#deadline(question.selections.flat(), bounds);
    return await selectLabelValues(this.#parts.runner, this.#parts.tables, orgId, label, question, deadline);
  }

  async readSeries(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundSeriesLabels> {
    const deadline = await this.#deadline(question.selections.flat(), bounds);
    return await selectSeriesLabels(this.#parts.runner, this.#parts.tables, orgId, question, deadline);
  }

  async readCardinality(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<Cardinality> {
    const deadline = await this.#deadline(question.selections.flat(), bounds);
    return await selectCardinality(this.#parts.runner, this.#parts.tables, orgId, question, deadline);
  }

  async readMetadata(orgId: OrgId, question: MetadataQuestion, bounds: QueryBounds): Promise<FoundMetadata> {
    return await selectMetadata(this.#parts.runner, this.#parts.tables, orgId, question, new Deadline(bounds));
  }

  /** Stops what is under way by itself and waits for it. */
  async close(): Promise<void> {
    await Promise.all([this.#rollup.close(), this.#follower.close()]);
    await this.#lastInsert;
  }

  async #reading(orgId: OrgId, matchers: readonly LabelMatcher[], bounds: QueryBounds): Promise<MetricReading> {
    const deadline = await this.#deadline(matchers, bounds);
    const { runner, tables, limits } = this.#parts;
    return { runner, tables, finder: this.#finder, recent: this.#recent, orgId, limits, deadline };
  }

  async #deadline(matchers: readonly LabelMatcher[], bounds: QueryBounds): Promise<Deadline> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid({ matchers, lineFilters: [] }, this.#parts.runner, deadline);
    return deadline;
  }

  /**
   * Labels come before samples, so that no sample is without; what the samples make out of date and count for comes after them: a rollup that is computed in between is then
   * computed again, and what a crash leaves out comes with the redelivery.
   */
  async #insertGroup(batches: readonly EncodedMetricBatch[]): Promise<MetricInsertReport> {
    await this.#put('series', batches);
    await this.#put('metadata', batches);
    const floats = await this.#floats.addUp(batches.flatMap(floatIncrements));
    const histograms = await this.#histograms.addUp(batches.flatMap(histogramIncrements));
    try {
      await this.#put('samples', batches, totalSamplesBlocks(floats.samples));
      await this.#put('histograms', batches, totalHistogramsBlocks(histograms.samples));
    } catch (error) {
      floats.failed();
      histograms.failed();
      throw error;
    }
    floats.stored();
    histograms.stored();
    await this.#put('exemplars', batches);
    await this.#put('hours', batches, movedHoursBlocks(floats.moved));
    await this.#put('usage', batches);
    return { lateDeltas: countLate([...floats.late, ...histograms.late]) };
  }

  async #put(table: MetricTable, batches: readonly EncodedMetricBatch[], more: readonly Uint8Array[] = []) {
    const blocks = batches.flatMap((batch) => batch.blocks[table] ?? []);
    await this.#parts.inserter.insert(metricTarget(this.#parts.tables, table), [...blocks, ...more]);
  }
}

function countLate(late: readonly Increment<unknown>[]): MetricInsertReport['lateDeltas'] {
  const counts = new Map<string, { orgId: OrgId; batchId: string; count: number }>();
  for (const { orgId, batch } of late) {
    const key = `${orgId} ${batch.batchId}`;
    const counted = counts.get(key) ?? { orgId, batchId: batch.batchId, count: 0 };
    counted.count += 1;
    counts.set(key, counted);
  }
  return [...counts.values()];
}
