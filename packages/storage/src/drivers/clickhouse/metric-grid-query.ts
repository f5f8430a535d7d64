import {
  type GridAnswer,
  type GridFunction,
  type GridRequest,
  type GridSeries,
  type Labels,
  type OrgId,
  type QueryStats,
  totalStats,
} from '@aegisguard/model';
import type { MetricReading } from './metric-reading.ts';
import { pendingHoursOfQuery } from './metric-rollup-sql.ts';
import { selectSamples } from './metric-sample-query.ts';
import { seriesKeysCondition, timeRangeCondition } from './metric-selection-sql.ts';
import { readNativeBlocks } from './native-block-reader.ts';
import type { FoundSeries } from './recent/series-labels.ts';
import { RollupColumn } from './rollup-column.ts';
import { RollupSlots, type RollupWidth, widestRollup } from './rollup-slots.ts';
import { eachRun, wholeNumbers } from './sample-columns.ts';
import { wholeNumberLiteral } from './sql-literal.ts';

const HOUR_MS = 3_600_000;
/** Shorter ranges are read from samples as fast. */
const RANGE_MS_MIN = 6 * HOUR_MS;
/** Ranges over which functions are taken over by a rule, not exactly. */
const RULED_RANGE_MS_MIN = 48 * HOUR_MS;
/** Slots of all series together; 24 bytes each. */
const SLOTS_MAX = 10_000_000;
/** Series and metrics in a list of a statement. */
const LISTED_MAX = 2_000;
/** Of id, end, version, count and value. */
const ROLLUP_WIDTHS_BYTES = [8, 4, 8, 4, 8];

/** The column of rollups that a function needs besides the count. */
const COLUMNS: Readonly<Record<GridFunction, string>> = {
  avg_over_time: 'sum',
  count_over_time: 'sum',
  increase: 'increase',
  last: 'last',
  last_over_time: 'last',
  max_over_time: 'max',
  min_over_time: 'min',
  present_over_time: 'sum',
  rate: 'increase',
  sum_over_time: 'sum',
};

/** Computes a function of windows from rollups, where windows are whole buckets and the range is long enough; hours that the rollups do not know come from samples. Docs: ADR 0018. */
export async function selectGrid(reading: MetricReading, request: GridRequest): Promise<GridAnswer | undefined> {
  const width = widestRollup(request);
  const rule = width === undefined ? undefined : ruleOf(request.function, width);
  const slots = width === undefined ? undefined : new RollupSlots(request, width);
  if (slots === undefined || rangeMs(slots) < (rule === undefined ? RANGE_MS_MIN : RULED_RANGE_MS_MIN)) {
    return undefined;
  }
  const { runner, tables, finder, orgId, limits, deadline } = reading;
  const range = { startMs: (slots.firstEnd - slots.widthSeconds) * 1000, endMs: slots.lastEnd * 1000 };
  const selection = { matchers: request.matchers, ...range };
  const found = await finder.find(orgId, selection, limits.seriesMax, deadline);
  const metrics = new Set(found.series.map(({ metricId }) => metricId)).size;
  if (found.series.length * slots.count > SLOTS_MAX || metrics > LISTED_MAX) {
    return undefined;
  }
  if (found.series.length === 0) {
    return { series: [], stats: totalStats(found.answers), rule: undefined };
  }
  const histograms = await runner.run(
    `SELECT 1 FROM ${tables.histograms} WHERE ${seriesCondition(orgId, request, found.series)} AND ${timeRangeCondition(range)} LIMIT 1`,
    deadline,
  );
  if (histograms.rows.length > 0) {
    return undefined;
  }
  const grid = new Grid(reading, request, slots, found.byLabels);
  // First of all: what comes after this is not missed, for it is not promised yet.
  const pending = await grid.pendingHours();
  await grid.readRollups();
  await grid.readPending(pending);
  return { series: grid.series(), stats: totalStats([...found.answers, histograms, ...grid.costs]), rule };
}

function rangeMs({ firstEnd, lastEnd, widthSeconds }: RollupSlots): number {
  return (lastEnd - firstEnd + widthSeconds) * 1000;
}

/** In what the answer differs from the one from samples by more than rounding. */
function ruleOf(name: GridFunction, width: RollupWidth): string | undefined {
  const rollups = `rollups of ${width === 3600 ? '1h' : width === 300 ? '5m' : '1m'}`;
  switch (name) {
    case 'last':
      return `values come from ${rollups}, in which a series ends with its last value's lookback instead of a staleness marker`;
    case 'increase':
    case 'rate':
      return `${name} comes from ${rollups}: what the counter rose since the last sample before the window, not extrapolated`;
    default:
      return undefined;
  }
}

/** All series of the metrics where a list of ids is not needed or would be long: others are passed over as they come. */
function seriesCondition(orgId: OrgId, { matchers }: GridRequest, series: readonly FoundSeries[]): string {
  const isListed = series.length <= LISTED_MAX && matchers.some(({ name }) => name !== '__name__');
  return seriesKeysCondition(orgId, series, isListed);
}

class Grid {
  readonly costs: QueryStats[] = [];
  readonly #reading: MetricReading;
  readonly #request: GridRequest;
  readonly #slots: RollupSlots;
  /** In order of labels. */
  readonly #found: readonly FoundSeries[];
  readonly #columns: ReadonlyMap<bigint, RollupColumn>;

  constructor(reading: MetricReading, request: GridRequest, slots: RollupSlots, found: readonly FoundSeries[]) {
    this.#reading = reading;
    this.#request = request;
    this.#slots = slots;
    this.#found = found;
    this.#columns = new Map(found.map(({ id }) => [id, new RollupColumn(slots, request.function)]));
  }

  /** Ends of hours of the range that the rollups do not know all samples of, in Unix seconds. */
  async pendingHours(): Promise<number[]> {
    const { runner, tables, orgId, deadline } = this.#reading;
    const { firstEnd, lastEnd } = this.#slots;
    const answer = await runner.run(pendingHoursOfQuery(tables, orgId, firstEnd, lastEnd), deadline);
    this.costs.push(answer);
    return answer.rows.map(([hourEnd]) => Number(hourEnd));
  }

  async readRollups(): Promise<void> {
    const { runner, tables, orgId, deadline } = this.#reading;
    const { widthSeconds, firstEnd, lastEnd, step, bucketsPerWindow } = this.#slots;
    const table = { 60: tables.rollups1m, 300: tables.rollups5m, 3600: tables.rollups1h }[widthSeconds];
    const time = (seconds: number) => `toDateTime(${wholeNumberLiteral(seconds)}, 'UTC')`;
    const ofWindows =
      step > bucketsPerWindow
        ? ` AND (toUnixTimestamp(bucket_end) - ${wholeNumberLiteral(firstEnd)}) % ${wholeNumberLiteral(step * widthSeconds)} < ${wholeNumberLiteral(bucketsPerWindow * widthSeconds)}`
        : '';
    const sql = `SELECT series_id, bucket_end, version, count, ${COLUMNS[this.#request.function]} FROM ${table} WHERE ${seriesCondition(orgId, this.#request, this.#found)} AND bucket_end >= ${time(firstEnd)} AND bucket_end <= ${time(lastEnd)}${ofWindows}`;
    let rowsRead = 0;
    const answer = await runner.stream(sql, deadline, (piece) => {
      for (const { rows, columns } of readNativeBlocks(piece, ROLLUP_WIDTHS_BYTES)) {
        rowsRead += rows;
        this.#putBuckets(columns);
      }
    });
    this.costs.push({ ...answer, rowsRead });
  }

  #putBuckets(columns: readonly ArrayBuffer[]): void {
    const [ids, ends, versions, counts, values] = columns as [
      ArrayBuffer,
      ArrayBuffer,
      ArrayBuffer,
      ArrayBuffer,
      ArrayBuffer,
    ];
    const endSeconds = new Uint32Array(ends);
    const versionMs = wholeNumbers(versions);
    const count = new Uint32Array(counts);
    const value = new Float64Array(values);
    eachRun(ids, (id, first, end) => {
      const column = this.#columns.get(id);
      for (let row = first; column !== undefined && row < end; row += 1) {
        column.put(endSeconds[row] ?? 0, versionMs[row] ?? 0, count[row] ?? 0, value[row] ?? 0);
      }
    });
  }

  /** Neighbouring hours are read together, with the hour before, from which an increase is counted. */
  async readPending(hourEnds: readonly number[]): Promise<void> {
    for (const hourEnd of hourEnds) {
      for (const column of this.#columns.values()) {
        column.clearHour(hourEnd);
      }
    }
    for (const hours of neighbours(hourEnds)) {
      const range = { startMs: (hours[0] ?? 0) * 1000 - 2 * HOUR_MS, endMs: (hours.at(-1) ?? 0) * 1000 };
      const { matchers } = this.#request;
      const { series, stats } = await selectSamples(this.#reading, { matchers, ...range });
      this.costs.push(stats);
      for (const samples of series) {
        for (const hourEnd of hours) {
          this.#columns.get(samples.id)?.addHour(samples, hourEnd);
        }
      }
    }
  }

  series(): GridSeries[] {
    return this.#found
      .map(({ id, labels }) => this.#seriesOf(labels, this.#columns.get(id)))
      .filter(({ isPresent }) => isPresent.includes(1));
  }

  #seriesOf(labels: Labels, column: RollupColumn | undefined): GridSeries {
    const { points } = this.#request;
    const series = { labels, isPresent: new Uint8Array(points), values: new Float64Array(points) };
    for (let point = 0; point < points; point += 1) {
      const result = column?.resultAt(point);
      if (result !== undefined) {
        series.isPresent[point] = 1;
        series.values[point] = result;
      }
    }
    return series;
  }
}

/** Ascending hours in groups of which each follows the one before. */
function neighbours(hourEnds: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const hourEnd of hourEnds) {
    const group = groups.at(-1);
    if (group?.at(-1) === hourEnd - HOUR_MS / 1000) {
      group.push(hourEnd);
    } else {
      groups.push([hourEnd]);
    }
  }
  return groups;
}
