import { AegisError, compareLabels, type MetricSelection, type OrgId } from '@aegisguard/model';
import type { EngineAnswer } from '../engine.ts';
import { LabelReading } from '../label-reading.ts';
import type { TableNames } from '../log-table.ts';
import { seriesCondition } from '../metric-selection-sql.ts';
import { readNativeBlocks } from '../native-block-reader.ts';
import type { Deadline, QueryRunner } from '../query-runner.ts';
import { uint64Literal, wholeNumberLiteral } from '../sql-literal.ts';
import { type FoundSeries, SeriesLabels } from './series-labels.ts';
import { StoredParts } from './stored-parts.ts';

/** Of metric and series. */
const ID_WIDTHS = [8, 8];
const ID_BYTES = 16;
/** More unknown series than that are not listed: labels of all are read. */
const LISTED_MAX = 2_000;
/** Series whose labels are kept, some hundred bytes each, and series in sets that are kept. */
const SERIES_KEPT_MAX = 100_000;
/** Ranges that begin and end in the same hours find the same series. */
const HOUR_MS = 3_600_000;

/** What a selection found; the same lists when it is found again. */
export interface FoundSet {
  /** Ascending by metric and id. */
  readonly series: readonly FoundSeries[];
  readonly byLabels: readonly FoundSeries[];
  /** Each ascending by id, in order of metrics. */
  readonly byMetric: ReadonlyMap<bigint, readonly FoundSeries[]>;
}

interface KnownSet extends FoundSet {
  readonly ids: Buffer;
  /** Which rows there were, and for which hours it was asked; undefined: it does not stand for another question. */
  readonly state: string | undefined;
}

/**
 * Finds series. The engine says which, unless the table's parts are those of the last time; labels that are known are not read again, and a set that is found again is not put in order
 * again.
 */
export class SeriesFinder {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #parts: StoredParts;
  readonly #labels = new SeriesLabels(SERIES_KEPT_MAX);
  /** By organization and matchers, the one used last at the end. */
  readonly #sets = new Map<string, KnownSet>();
  #seriesInSets = 0;

  constructor(runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
    this.#parts = new StoredParts(runner, tables);
  }

  /** Series that match and may have samples in the hours of the range; `query-too-large` when there are more than `seriesMax`. */
  async find(
    orgId: OrgId,
    { matchers, startMs, endMs }: MetricSelection,
    seriesMax: number,
    deadline: Deadline,
  ): Promise<FoundSet & { readonly answers: readonly EngineAnswer[] }> {
    const hours = { startMs: Math.floor(startMs / HOUR_MS) * HOUR_MS, endMs: Math.ceil(endMs / HOUR_MS) * HOUR_MS };
    const selection = { matchers, ...hours };
    const key = JSON.stringify([orgId, matchers]);
    // Before the rows are read: what comes in meanwhile makes it another state.
    const parts = await this.#parts.seriesState(deadline);
    const state = parts === undefined ? undefined : `${hours.startMs} ${hours.endMs} ${parts}`;
    const known = this.#sets.get(key);
    if (known?.state !== undefined && known.state === state && known.series.length <= seriesMax) {
      this.#sets.delete(key);
      this.#sets.set(key, known);
      return { ...known, answers: [] };
    }
    const { ids, answer } = await this.#ids(orgId, selection, seriesMax, deadline);
    if (known?.ids.equals(ids)) {
      // Another query may have changed what is kept meanwhile.
      this.#remember(key, { ...known, state });
      return { ...known, answers: [answer] };
    }
    const pairs = new BigUint64Array(ids.buffer, ids.byteOffset, ids.length / 8);
    const { series, answers } = await this.#series(orgId, selection, pairs, deadline);
    const set = {
      ids,
      state,
      series,
      byLabels: inOrderOfLabels(series, known?.byLabels ?? []),
      byMetric: Map.groupBy(series, ({ metricId }) => metricId),
    };
    if (series.length === pairs.length / 2) {
      this.#remember(key, set);
    }
    return { ...set, answers: [answer, ...answers] };
  }

  async #ids(orgId: OrgId, selection: MetricSelection, seriesMax: number, deadline: Deadline) {
    const pieces: Buffer[] = [];
    let rowsRead = 0;
    const answer = await this.#runner.stream(
      `SELECT metric_id, series_id FROM ${this.#tables.series} WHERE ${seriesCondition(orgId, selection)} GROUP BY metric_id, series_id ORDER BY metric_id, series_id LIMIT ${wholeNumberLiteral(seriesMax + 1)}`,
      deadline,
      (piece) => {
        for (const { rows, columns } of readNativeBlocks(piece, ID_WIDTHS)) {
          rowsRead += rows;
          pieces.push(zipped(columns, rows));
        }
      },
    );
    if (rowsRead > seriesMax) {
      throw new AegisError('query-too-large', { detail: `The query selects more than ${seriesMax} series.` });
    }
    // A buffer of its own memory, aligned for numbers.
    const ids = Buffer.from(new ArrayBuffer(rowsRead * ID_BYTES));
    pieces.reduce((at, piece) => at + piece.copy(ids, at), 0);
    return { ids, answer: { ...answer, rowsRead } };
  }

  /** Series of pairs of ids, with labels; what is gone before its labels are read is left out. */
  async #series(orgId: OrgId, selection: MetricSelection, pairs: BigUint64Array, deadline: Deadline) {
    const found: (FoundSeries | undefined)[] = [];
    const unknown: bigint[] = [];
    for (let at = 0; at < pairs.length; at += 2) {
      const id = pairs[at + 1] ?? 0n;
      const series = this.#labels.get(orgId, id);
      found.push(series);
      if (series === undefined) {
        unknown.push(id);
      }
    }
    const isWhole = (series: FoundSeries | undefined) => series !== undefined;
    if (unknown.length === 0) {
      return { series: found.filter(isWhole), answers: [] };
    }
    const { read, answer } = await this.#read(orgId, selection, unknown, deadline);
    const series = found.map((one, index) => one ?? read.get(pairs[index * 2 + 1] ?? 0n)).filter(isWhole);
    return { series, answers: [answer] };
  }

  async #read(orgId: OrgId, selection: MetricSelection, ids: readonly bigint[], deadline: Deadline) {
    const isListed = ids.length <= LISTED_MAX ? ` AND series_id IN (${ids.map(uint64Literal).join(', ')})` : '';
    const answer = await this.#runner.run(
      `SELECT toString(metric_id), toString(series_id), any(metric), any(mapKeys(labels)), any(mapValues(labels)) FROM ${this.#tables.series} WHERE ${seriesCondition(orgId, selection)}${isListed} GROUP BY metric_id, series_id`,
      deadline,
    );
    const reading = new LabelReading();
    const read = new Map<bigint, FoundSeries>();
    for (const [metricId, id, metric, names, values] of answer.rows) {
      const labels = reading.read(String(metric), names, values);
      const series = { id: BigInt(String(id)), metricId: BigInt(String(metricId)), labels };
      read.set(series.id, series);
      this.#labels.set(orgId, series);
    }
    return { read, answer: { ...answer, rows: [] } };
  }

  #remember(key: string, set: KnownSet): void {
    this.#forget(key);
    this.#sets.set(key, set);
    this.#seriesInSets += weightOf(set);
    for (const oldest of this.#sets.keys()) {
      if (this.#seriesInSets <= SERIES_KEPT_MAX) {
        break;
      }
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const set = this.#sets.get(key);
    if (set !== undefined) {
      this.#seriesInSets -= weightOf(set);
      this.#sets.delete(key);
    }
  }
}

/** In series; the matchers count, too. */
function weightOf({ series }: FoundSet): number {
  return series.length + 20;
}

/** Sorting costs little where most of it is in order already. */
function inOrderOfLabels(series: readonly FoundSeries[], before: readonly FoundSeries[]): FoundSeries[] {
  const left = new Set(series);
  const known = before.filter((one) => left.delete(one));
  return [...known, ...left].sort((one, other) => compareLabels(one.labels, other.labels));
}

function zipped(columns: readonly ArrayBuffer[], rows: number): Buffer {
  const pairs = new BigUint64Array(rows * 2);
  columns.forEach((column, place) => {
    new BigUint64Array(column).forEach((id, row) => {
      pairs[row * 2 + place] = id;
    });
  });
  return Buffer.from(pairs.buffer);
}
