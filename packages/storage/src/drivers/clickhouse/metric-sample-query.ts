import {
  AegisError,
  compareLabels,
  type MetricSelection,
  type OrgId,
  type SelectedSamples,
  type SeriesSamples,
} from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import { HISTOGRAM_ROW_COLUMNS, readHistogramRow, type StoredHistogram } from './histogram-row.ts';
import type { TableNames } from './log-table.ts';
import { seriesKeysCondition, seriesStretchCondition, timeRangeCondition } from './metric-selection-sql.ts';
import { type FoundSeries, findSeries } from './metric-series-query.ts';
import { readNativeBlocks } from './native-block-reader.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { totalStats } from './query-stats.ts';
import { eachRun, samplesFrom, wholeNumbers } from './sample-columns.ts';
import { joinSamples, orderedSamples, type SampleArrays } from './sample-order.ts';

/** How much one query may select. */
export interface MetricLimits {
  readonly seriesMax: number;
  readonly samplesMax: number;
}

/** Ids in one statement: a few hundred kB of text would be refused. */
const SERIES_AT_ONCE = 2_000;
/** What one statement should give; the engine's bounds on answers and memory are several times that. */
const SAMPLES_AT_ONCE = 1_000_000;
/** Of id, time, value and start. */
const SAMPLE_WIDTHS = [8, 8, 8, 8];
const SUPPOSED_INTERVAL_MS = 10_000;
/** A range is not halved below this. */
const RANGE_MS_MIN = 60_000;

type Range = Pick<MetricSelection, 'startMs' | 'endMs'>;

/** Reads the samples that a selection means: series first, then their samples in parts that fit. */
export async function selectSamples(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  selection: MetricSelection,
  limits: MetricLimits,
  deadline: Deadline,
): Promise<SelectedSamples> {
  if (selection.startMs >= selection.endMs) {
    return { series: [], stats: totalStats([]) };
  }
  const found = await findSeries(runner, tables, orgId, selection, limits.seriesMax, deadline);
  const isOfMetrics = selection.matchers.every(({ name }) => name === '__name__');
  const reading = new SampleReading(runner, tables, orgId, limits, deadline, isOfMetrics);
  const perSeries = Math.max(1, (selection.endMs - selection.startMs) / SUPPOSED_INTERVAL_MS);
  const atOnce = Math.min(SERIES_AT_ONCE, Math.max(1, Math.floor(SAMPLES_AT_ONCE / perSeries)));
  for (let first = 0; first < found.series.length; first += atOnce) {
    await reading.read(found.series.slice(first, first + atOnce), selection);
  }
  return { series: reading.series(found.series), stats: totalStats([found.answer, ...reading.answers]) };
}

/** Collects what several statements give. */
class SampleReading {
  readonly answers: EngineAnswer[] = [];
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #orgId: OrgId;
  readonly #limits: MetricLimits;
  readonly #deadline: Deadline;
  /** All series of the found ones' metrics are meant. */
  readonly #isOfMetrics: boolean;
  readonly #floats = new Map<bigint, SampleArrays[]>();
  readonly #histograms = new Map<bigint, StoredHistogram[]>();
  #samples = 0;
  #isFull = false;

  constructor(
    runner: QueryRunner,
    tables: TableNames,
    orgId: OrgId,
    limits: MetricLimits,
    deadline: Deadline,
    isOfMetrics: boolean,
  ) {
    this.#runner = runner;
    this.#tables = tables;
    this.#orgId = orgId;
    this.#limits = limits;
    this.#deadline = deadline;
    this.#isOfMetrics = isOfMetrics;
  }

  async read(series: readonly FoundSeries[], range: Range): Promise<void> {
    await this.#inParts(series, range, (part, during) => this.#readFloats(part, during));
    await this.#inParts(series, range, (part, during) => this.#readHistograms(part, during));
  }

  /** What was read, in order of labels. */
  series(found: readonly FoundSeries[]): SeriesSamples[] {
    return found
      .filter(({ id }) => this.#floats.has(id) || this.#histograms.has(id))
      .map(({ id, labels }) => {
        const samples = orderedSamples(joinSamples(this.#floats.get(id) ?? []));
        return { id, labels, ...samples, histograms: orderedHistograms(this.#histograms.get(id) ?? [], samples) };
      })
      .sort((left, right) => compareLabels(left.labels, right.labels));
  }

  /** Tries all at once; what does not fit into the engine's bounds is halved, by series and then by time. */
  async #inParts(
    series: readonly FoundSeries[],
    range: Range,
    read: (series: readonly FoundSeries[], range: Range) => Promise<void>,
  ): Promise<void> {
    try {
      await read(series, range);
    } catch (error) {
      const isTooLarge = error instanceof AegisError && error.code === 'query-too-large' && !this.#isFull;
      if (!isTooLarge || (series.length === 1 && range.endMs - range.startMs <= RANGE_MS_MIN)) {
        throw error;
      }
      const half = Math.ceil(series.length / 2);
      const middleMs = Math.floor((range.startMs + range.endMs) / 2);
      const parts: [readonly FoundSeries[], Range][] =
        series.length > 1
          ? [
              [series.slice(0, half), range],
              [series.slice(half), range],
            ]
          : [
              [series, { startMs: range.startMs, endMs: middleMs }],
              [series, { startMs: middleMs, endMs: range.endMs }],
            ];
      for (const [part, during] of parts) {
        await this.#inParts(part, during, read);
      }
    }
  }

  async #readFloats(series: readonly FoundSeries[], range: Range): Promise<void> {
    const runs: [id: bigint, samples: SampleArrays][] = [];
    let rowsRead = 0;
    const sql = `SELECT series_id, timestamp, value, start_ms FROM ${this.#tables.samples} WHERE ${this.#where(series, range)}`;
    const answer = await this.#runner.stream(sql, this.#deadline, (piece) => {
      for (const { rows, columns } of readNativeBlocks(piece, SAMPLE_WIDTHS)) {
        rowsRead += rows;
        this.#check(this.#samples + rowsRead);
        const [ids, times, values, starts] = columns as readonly [ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer];
        const block = {
          timestampsMs: wholeNumbers(times),
          values: new Float64Array(values),
          startsMs: wholeNumbers(starts),
        };
        eachRun(ids, (id, first, end) => runs.push([id, samplesFrom(block, first, end)]));
      }
    });
    // Only now: of a statement that fails nothing is taken.
    this.answers.push({ ...answer, rowsRead });
    this.#count(rowsRead);
    for (const [id, samples] of runs) {
      push(this.#floats, id, samples);
    }
  }

  async #readHistograms(series: readonly FoundSeries[], range: Range): Promise<void> {
    const rows = await this.#run(
      `SELECT ${HISTOGRAM_ROW_COLUMNS} FROM ${this.#tables.histograms} WHERE ${this.#where(series, range)}`,
    );
    this.#count(rows.length);
    for (const row of rows) {
      const stored = readHistogramRow(row);
      push(this.#histograms, stored.seriesId, stored);
    }
  }

  #where(series: readonly FoundSeries[], range: Range): string {
    const keys = this.#isOfMetrics ? seriesStretchCondition : seriesKeysCondition;
    return `${keys(this.#orgId, series)} AND ${timeRangeCondition(range)}`;
  }

  async #run(sql: string): Promise<EngineAnswer['rows']> {
    const answer = await this.#runner.run(sql, this.#deadline);
    // Rows are not kept: only what they cost.
    this.answers.push({ ...answer, rows: [] });
    return answer.rows;
  }

  #count(samples: number): void {
    this.#samples += samples;
    this.#check(this.#samples);
  }

  #check(samples: number): void {
    if (samples > this.#limits.samplesMax) {
      this.#isFull = true;
      throw new AegisError('query-too-large', {
        detail: `The query selects more than ${this.#limits.samplesMax} samples.`,
      });
    }
  }
}

function push<Item>(lists: Map<bigint, Item[]>, key: bigint, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [item]);
  } else {
    list.push(item);
  }
}

/** Ascending in time, each time once; a time that has a float has no histogram. */
function orderedHistograms(stored: readonly StoredHistogram[], { timestampsMs }: SampleArrays) {
  if (stored.length === 0) {
    return [];
  }
  const floatTimes = new Set(timestampsMs);
  const byTime = new Map<number, { row: StoredHistogram; text: string | undefined }>();
  for (const row of stored) {
    const other = byTime.get(row.timestampMs);
    if (other === undefined) {
      byTime.set(row.timestampMs, { row, text: undefined });
      continue;
    }
    // Any order will do, as long as it is one over their contents.
    const text = contentOf(row);
    other.text ??= contentOf(other.row);
    if (text > other.text) {
      byTime.set(row.timestampMs, { row, text });
    }
  }
  return [...byTime.values()]
    .filter(({ row }) => !floatTimes.has(row.timestampMs))
    .sort((left, right) => left.row.timestampMs - right.row.timestampMs)
    .map(({ row: { timestampMs, startMs, histogram } }) => ({ timestampMs, startMs, histogram }));
}

function contentOf({ startMs, histogram }: StoredHistogram): string {
  return JSON.stringify([startMs, histogram]);
}
