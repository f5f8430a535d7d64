import type { MetricSeries, NativeHistogram, OrgId } from '@aegisguard/model';
import { base64Array, readFloats } from './base64-column.ts';
import type { Total, TotalReader } from './delta-totals.ts';
import { HISTOGRAM_ROW_COLUMNS, readHistogramRow } from './histogram-row.ts';
import { IS_STALE, seriesKeysCondition, timeMsLiteral, timeRangeCondition } from './metric-selection-sql.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { int64Literal, uint64Literal } from './sql-literal.ts';

const AT_ONCE = 1_000;
/** Most totals are recent, and the whole history of many series is more than a query may read: so it is looked for in steps back, ever further for fewer. */
const STEPS_BACK_MS = [3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000, Number.POSITIVE_INFINITY];
const READ_MS = 20_000;
/** A histogram whose sum is the marker is one. */
const IS_STALE_HISTOGRAM = 'reinterpretAsUInt64(sum) = 9218868437227405314';

/** Reads totals of float series from the samples. */
export class FloatTotals implements TotalReader<number> {
  readonly #runner: QueryRunner;
  readonly #table: string;
  readonly #nowMs: () => number;

  constructor(runner: QueryRunner, table: string, nowMs: () => number) {
    this.#runner = runner;
    this.#table = table;
    this.#nowMs = nowMs;
  }

  async readTotals(orgId: OrgId, series: readonly MetricSeries[]): Promise<Map<bigint, Total<number>>> {
    return readBackwards(series, this.#nowMs(), async (keys, during, totals) => {
      const rows = await select(
        this.#runner,
        // The same choice among samples of one time as readers make.
        `SELECT toString(series_id), toUnixTimestamp64Milli(max(timestamp)), countIf(NOT (${IS_STALE})), argMaxIf((value, start_ms), (timestamp, reinterpretAsUInt64(value), start_ms), NOT (${IS_STALE})) AS last, ${base64Array('[last.1]')}, last.2 FROM ${this.#table} WHERE ${seriesKeysCondition(orgId, keys)} AND ${during} GROUP BY series_id`,
      );
      for (const [id, time, values, , bits, start] of rows) {
        const seriesId = BigInt(String(id));
        const value = Number(values) === 0 ? undefined : readFloats(bits)[0];
        const timestampMs = totals.get(seriesId)?.timestampMs ?? Number(time);
        totals.set(seriesId, { timestampMs, startMs: Number(start), value });
      }
    });
  }

  async readStored(orgId: OrgId, samples: readonly Place[]): Promise<Set<string>> {
    return readStored(this.#runner, this.#table, orgId, samples);
  }
}

/** Reads totals of native histograms. */
export class HistogramTotals implements TotalReader<NativeHistogram> {
  readonly #runner: QueryRunner;
  readonly #table: string;
  readonly #nowMs: () => number;

  constructor(runner: QueryRunner, table: string, nowMs: () => number) {
    this.#runner = runner;
    this.#table = table;
    this.#nowMs = nowMs;
  }

  async readTotals(orgId: OrgId, series: readonly MetricSeries[]): Promise<Map<bigint, Total<NativeHistogram>>> {
    return readBackwards<NativeHistogram>(series, this.#nowMs(), async (keys, during, totals) => {
      const where = `${seriesKeysCondition(orgId, keys)} AND ${during}`;
      const latest = (condition: string) =>
        select(
          this.#runner,
          `SELECT ${HISTOGRAM_ROW_COLUMNS} FROM ${this.#table} WHERE ${where}${condition} ORDER BY series_id, timestamp DESC, count DESC LIMIT 1 BY series_id`,
        );
      for (const row of await latest('')) {
        const { seriesId, timestampMs, startMs } = readHistogramRow(row);
        if (!totals.has(seriesId)) {
          totals.set(seriesId, { timestampMs, startMs, value: undefined });
        }
      }
      for (const row of await latest(` AND NOT (${IS_STALE_HISTOGRAM})`)) {
        const { seriesId, startMs, histogram } = readHistogramRow(row);
        const timestampMs = totals.get(seriesId)?.timestampMs ?? Number.NEGATIVE_INFINITY;
        totals.set(seriesId, { timestampMs, startMs, value: histogram });
      }
    });
  }

  async readStored(orgId: OrgId, samples: readonly Place[]): Promise<Set<string>> {
    return readStored(this.#runner, this.#table, orgId, samples);
  }
}

/** `read` adds what the series have come to in a range of time; asked again, further back, for those whose last value is not found. */
async function readBackwards<Value>(
  series: readonly MetricSeries[],
  nowMs: number,
  read: (keys: readonly MetricSeries[], during: string, totals: Map<bigint, Total<Value>>) => Promise<void>,
): Promise<Map<bigint, Total<Value>>> {
  const totals = new Map<bigint, Total<Value>>();
  let wanted = series;
  let endMs = Number.POSITIVE_INFINITY;
  for (const backMs of STEPS_BACK_MS) {
    const startMs = nowMs - backMs;
    for (const keys of parts(wanted)) {
      await read(keys, timeRangeCondition({ startMs, endMs }), totals);
    }
    wanted = wanted.filter(({ id }) => totals.get(id)?.value === undefined);
    endMs = startMs;
  }
  return totals;
}

interface Place {
  readonly series: MetricSeries;
  readonly timestampMs: number;
}

async function readStored(
  runner: QueryRunner,
  table: string,
  orgId: OrgId,
  samples: readonly Place[],
): Promise<Set<string>> {
  const stored = new Set<string>();
  for (const part of parts(samples)) {
    const times = part.map(({ timestampMs }) => timestampMs);
    const places = part.map(({ series, timestampMs }) => {
      return `(${uint64Literal(series.id)}, ${int64Literal(BigInt(Math.trunc(timestampMs)))})`;
    });
    const keys = part.map(({ series }) => series);
    const rows = await select(
      runner,
      `SELECT DISTINCT toString(series_id), toUnixTimestamp64Milli(timestamp) AS time FROM ${table} WHERE ${seriesKeysCondition(orgId, keys)} AND timestamp BETWEEN ${timeMsLiteral(Math.min(...times))} AND ${timeMsLiteral(Math.max(...times))} AND (series_id, toUnixTimestamp64Milli(timestamp)) IN (${places.join(', ')})`,
    );
    for (const [id, time] of rows) {
      stored.add(`${String(id)}@${Number(time)}`);
    }
  }
  return stored;
}

async function select(runner: QueryRunner, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { rows } = await runner.run(sql, new Deadline({ signal: new AbortController().signal, timeoutMs: READ_MS }));
  return rows;
}

function* parts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let first = 0; first < items.length; first += AT_ONCE) {
    yield items.slice(first, first + AT_ONCE);
  }
}
