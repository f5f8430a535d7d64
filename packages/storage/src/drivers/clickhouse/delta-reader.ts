import type { MetricSeries, NativeHistogram, OrgId } from '@aegisguard/model';
import { base64Array, readFloats } from './base64-column.ts';
import type { Total, TotalReader } from './delta-totals.ts';
import { HISTOGRAM_ROW_COLUMNS, readHistogramRow } from './histogram-row.ts';
import { IS_STALE, seriesKeysCondition, timeMsLiteral } from './metric-selection-sql.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { int64Literal, uint64Literal } from './sql-literal.ts';

const AT_ONCE = 1_000;
const READ_MS = 20_000;
/** A histogram whose sum is the marker is one. */
const IS_STALE_HISTOGRAM = 'reinterpretAsUInt64(sum) = 9218868437227405314';

/** Reads totals of float series from the samples. */
export class FloatTotals implements TotalReader<number> {
  readonly #runner: QueryRunner;
  readonly #table: string;

  constructor(runner: QueryRunner, table: string) {
    this.#runner = runner;
    this.#table = table;
  }

  async readTotals(orgId: OrgId, series: readonly MetricSeries[]): Promise<Map<bigint, Total<number>>> {
    const totals = new Map<bigint, Total<number>>();
    for (const keys of parts(series)) {
      const rows = await select(
        this.#runner,
        // The same choice among samples of one time as readers make.
        `SELECT toString(series_id), toUnixTimestamp64Milli(max(timestamp)), countIf(NOT (${IS_STALE})), argMaxIf((value, start_ms), (timestamp, reinterpretAsUInt64(value), start_ms), NOT (${IS_STALE})) AS last, ${base64Array('[last.1]')}, last.2 FROM ${this.#table} WHERE ${seriesKeysCondition(orgId, keys)} GROUP BY series_id`,
      );
      for (const [id, time, values, , bits, start] of rows) {
        const value = Number(values) === 0 ? undefined : readFloats(bits)[0];
        totals.set(BigInt(String(id)), { timestampMs: Number(time), startMs: Number(start), value });
      }
    }
    return totals;
  }

  async readStored(orgId: OrgId, samples: readonly Place[]): Promise<Set<string>> {
    return readStored(this.#runner, this.#table, orgId, samples);
  }
}

/** Reads totals of native histograms. */
export class HistogramTotals implements TotalReader<NativeHistogram> {
  readonly #runner: QueryRunner;
  readonly #table: string;

  constructor(runner: QueryRunner, table: string) {
    this.#runner = runner;
    this.#table = table;
  }

  async readTotals(orgId: OrgId, series: readonly MetricSeries[]): Promise<Map<bigint, Total<NativeHistogram>>> {
    const totals = new Map<bigint, Total<NativeHistogram>>();
    for (const keys of parts(series)) {
      const where = seriesKeysCondition(orgId, keys);
      const latest = (condition: string) =>
        select(
          this.#runner,
          `SELECT ${HISTOGRAM_ROW_COLUMNS} FROM ${this.#table} WHERE ${where}${condition} ORDER BY series_id, timestamp DESC, count DESC LIMIT 1 BY series_id`,
        );
      for (const row of await latest('')) {
        const { seriesId, timestampMs, startMs } = readHistogramRow(row);
        totals.set(seriesId, { timestampMs, startMs, value: undefined });
      }
      for (const row of await latest(` AND NOT (${IS_STALE_HISTOGRAM})`)) {
        const { seriesId, startMs, histogram } = readHistogramRow(row);
        const timestampMs = totals.get(seriesId)?.timestampMs ?? Number.NEGATIVE_INFINITY;
        totals.set(seriesId, { timestampMs, startMs, value: histogram });
      }
    }
    return totals;
  }

  async readStored(orgId: OrgId, samples: readonly Place[]): Promise<Set<string>> {
    return readStored(this.#runner, this.#table, orgId, samples);
  }
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
