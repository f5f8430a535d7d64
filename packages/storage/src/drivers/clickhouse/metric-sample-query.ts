import {
  AegisError,
  type MetricSelection,
  type SelectedSamples,
  type SeriesSamples,
  totalStats,
} from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import { HISTOGRAM_ROW_COLUMNS, readHistogramRow, type StoredHistogram } from './histogram-row.ts';
import type { MetricReading } from './metric-reading.ts';
import { seriesKeysCondition, seriesStretchCondition, timeRangeCondition } from './metric-selection-sql.ts';
import { readNativeBlocks } from './native-block-reader.ts';
import type { FoundSeries } from './recent/series-labels.ts';
import { eachRun, samplesFrom, wholeNumbers } from './sample-columns.ts';
import { joinSamples, orderedSamples, type SampleArrays } from './sample-order.ts';
import { StatementSize } from './statement-size.ts';

/** Of id, time, value and start. */
const SAMPLE_WIDTHS = [8, 8, 8, 8];
/** A range is not halved below this. */
const RANGE_MS_MIN = 60_000;

const NO_HISTOGRAMS: SeriesSamples['histograms'] = [];

type Range = Pick<MetricSelection, 'startMs' | 'endMs'>;

/** Reads the samples that a selection means: series first, then those of their samples that are not kept, in parts that fit. */
export async function selectSamples(reading: MetricReading, selection: MetricSelection): Promise<SelectedSamples> {
  if (selection.startMs >= selection.endMs) {
    return { series: [], stats: totalStats([]) };
  }
  const { finder, orgId, limits, deadline } = reading;
  const found = await finder.find(orgId, selection, limits.seriesMax, deadline);
  const recent = await reading.recent?.select(reading, selection, found);
  const statements = new SampleReading(reading, selection, recent?.samples ?? []);
  await statements.read(recent?.others ?? found.series);
  await statements.readHistograms(recent?.withHistograms ?? []);
  return {
    series: statements.series(found.byLabels),
    stats: totalStats([...found.answers, ...(recent?.stats ?? []), ...statements.answers]),
  };
}

/** Collects what several statements give, and what is known without. */
class SampleReading {
  readonly answers: EngineAnswer[] = [];
  readonly #reading: MetricReading;
  readonly #range: Range;
  /** All series of the found ones' metrics are meant. */
  readonly #isOfMetrics: boolean;
  /** In the order of series. */
  readonly #known: readonly (SampleArrays | undefined)[];
  readonly #floats = new Map<bigint, SampleArrays[]>();
  readonly #histograms = new Map<bigint, StoredHistogram[]>();
  #samples = 0;
  #isFull = false;

  constructor(reading: MetricReading, selection: MetricSelection, known: readonly (SampleArrays | undefined)[]) {
    this.#reading = reading;
    this.#range = selection;
    this.#isOfMetrics = selection.matchers.every(({ name }) => name === '__name__');
    this.#known = known;
    this.#count(known.reduce((sum, samples) => sum + (samples?.values.length ?? 0), 0));
  }

  async read(series: readonly FoundSeries[]): Promise<void> {
    await this.#inStatements(series, async (some) => {
      await this.#inParts(some, this.#range, (part, during) => this.#readFloats(part, during));
      await this.#inParts(some, this.#range, (part, during) => this.#readHistograms(part, during));
    });
  }

  async readHistograms(series: readonly FoundSeries[]): Promise<void> {
    await this.#inStatements(series, (some) =>
      this.#inParts(some, this.#range, (part, during) => this.#readHistograms(part, during)),
    );
  }

  /** What was read, in order of the series. */
  series(found: readonly FoundSeries[]): SeriesSamples[] {
    const series: SeriesSamples[] = [];
    found.forEach((one, place) => {
      const samples = this.#known[place] ?? this.#samplesOf(one.id);
      const stored = this.#histograms.size === 0 ? undefined : this.#histograms.get(one.id);
      if (samples !== undefined || stored !== undefined) {
        const { timestampsMs, values, startsMs } = samples ?? joinSamples([]);
        const histograms = stored === undefined ? NO_HISTOGRAMS : orderedHistograms(stored, timestampsMs);
        series.push({ id: one.id, labels: one.labels, timestampsMs, values, startsMs, histograms });
      }
    });
    return series;
  }

  #samplesOf(id: bigint): SampleArrays | undefined {
    const read = this.#floats.get(id);
    return read === undefined ? undefined : orderedSamples(joinSamples(read));
  }

  async #inStatements(
    series: readonly FoundSeries[],
    read: (some: readonly FoundSeries[]) => Promise<void>,
  ): Promise<void> {
    const size = new StatementSize(this.#range.endMs - this.#range.startMs);
    let first = 0;
    while (first < series.length) {
      const before = this.#samples;
      const some = series.slice(first, first + size.series);
      await read(some);
      size.learn(some.length, this.#samples - before);
      first += some.length;
    }
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
    const sql = `SELECT series_id, timestamp, value, start_ms FROM ${this.#reading.tables.samples} WHERE ${this.#where(series, range)}`;
    const answer = await this.#reading.runner.stream(sql, this.#reading.deadline, (piece) => {
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
      `SELECT ${HISTOGRAM_ROW_COLUMNS} FROM ${this.#reading.tables.histograms} WHERE ${this.#where(series, range)}`,
    );
    this.#count(rows.length);
    for (const row of rows) {
      const stored = readHistogramRow(row);
      push(this.#histograms, stored.seriesId, stored);
    }
  }

  #where(series: readonly FoundSeries[], range: Range): string {
    const keys = this.#isOfMetrics ? seriesStretchCondition : seriesKeysCondition;
    return `${keys(this.#reading.orgId, series)} AND ${timeRangeCondition(range)}`;
  }

  async #run(sql: string): Promise<EngineAnswer['rows']> {
    const answer = await this.#reading.runner.run(sql, this.#reading.deadline);
    // Rows are not kept: only what they cost.
    this.answers.push({ ...answer, rows: [] });
    return answer.rows;
  }

  #count(samples: number): void {
    this.#samples += samples;
    this.#check(this.#samples);
  }

  #check(samples: number): void {
    if (samples > this.#reading.limits.samplesMax) {
      this.#isFull = true;
      throw new AegisError('query-too-large', {
        detail: `The query selects more than ${this.#reading.limits.samplesMax} samples.`,
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
function orderedHistograms(stored: readonly StoredHistogram[], timestampsMs: Float64Array) {
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
