import type { EngineAnswer } from '../engine.ts';
import type { MetricReading } from '../metric-reading.ts';
import { timeMsLiteral } from '../metric-selection-sql.ts';
import { readNativeBlocks } from '../native-block-reader.ts';
import { eachRun, wholeNumbers } from '../sample-columns.ts';
import { orgCondition } from '../selection-sql.ts';
import { uint64Literal } from '../sql-literal.ts';
import type { SamplePiece } from './recent-series.ts';
import { partCondition } from './stored-parts.ts';

/** Of series, time, value and start, and of the metric where there are several. */
const WIDTHS = [8, 8, 8, 8];
const WIDTHS_OF_SEVERAL = [...WIDTHS, 8];

/** Rows of the table of samples. */
export interface PieceRequest {
  readonly metricIds: readonly bigint[];
  /** Series from `first` to before `end`; undefined: from the first, to the last. */
  readonly stretch: { readonly first: bigint | undefined; readonly end: bigint | undefined };
  /** Exclusive. */
  readonly afterMs: number;
  /** Inclusive. */
  readonly untilMs: number;
  readonly afterBlock: number;
  readonly lastBlock: number;
}

/** What samples are read with. */
export type PieceReading = Pick<MetricReading, 'runner' | 'tables' | 'orgId' | 'deadline'>;

/** Pieces by metric and series. */
export type MetricPieces = Map<bigint, Map<bigint, SamplePiece[]>>;

/** Reads rows, of every series of the metrics, into `pieces`; `onRows` is told how many have come, and ends the statement by throwing. */
export async function readPieces(
  { runner, tables, orgId, deadline }: PieceReading,
  request: PieceRequest,
  pieces: MetricPieces,
  onRows: (rows: number) => void,
): Promise<EngineAnswer> {
  let rowsRead = 0;
  const { metricIds } = request;
  const [onlyId = 0n] = metricIds;
  const isOfSeveral = metricIds.length > 1;
  const sql = `SELECT series_id, timestamp, value, start_ms${isOfSeveral ? ', metric_id' : ''} FROM ${tables.samples} WHERE ${orgCondition(orgId)} AND ${conditions(request)}`;
  const answer = await runner.stream(sql, deadline, (piece) => {
    for (const { rows, columns } of readNativeBlocks(piece, isOfSeveral ? WIDTHS_OF_SEVERAL : WIDTHS)) {
      rowsRead += rows;
      onRows(rows);
      putBlock(columns, onlyId, pieces);
    }
  });
  return { ...answer, rowsRead };
}

function conditions({ metricIds, stretch, afterMs, untilMs, afterBlock, lastBlock }: PieceRequest): string {
  return [
    `metric_id IN (${metricIds.map(uint64Literal).join(', ')})`,
    ...(stretch.first === undefined ? [] : [`series_id >= ${uint64Literal(stretch.first)}`]),
    ...(stretch.end === undefined ? [] : [`series_id < ${uint64Literal(stretch.end)}`]),
    `timestamp > ${timeMsLiteral(afterMs)}`,
    ...(untilMs === Number.POSITIVE_INFINITY ? [] : [`timestamp <= ${timeMsLiteral(untilMs)}`]),
    partCondition(afterBlock, lastBlock),
  ].join(' AND ');
}

function putBlock(columns: readonly ArrayBuffer[], onlyId: bigint, pieces: MetricPieces): void {
  const [series, times, values, starts, metrics] = columns as [
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer | undefined,
  ];
  const metricIds = metrics === undefined ? undefined : new BigUint64Array(metrics);
  const timestampsMs = wholeNumbers(times);
  const floats = new Float64Array(values);
  const startsMs = isZero(starts) ? undefined : wholeNumbers(starts);
  eachRun(series, (id, first, end) => {
    const ofMetric = entryOf(pieces, metricIds?.[first] ?? onlyId, () => new Map<bigint, SamplePiece[]>());
    entryOf(ofMetric, id, () => []).push({
      timestampsMs: timestampsMs.subarray(first, end),
      values: floats.subarray(first, end),
      startsMs: startsMs?.subarray(first, end),
    });
  });
}

function isZero(memory: ArrayBuffer): boolean {
  const words = new Uint32Array(memory);
  for (let index = 0; index < words.length; index += 1) {
    if (words[index] !== 0) {
      return false;
    }
  }
  return true;
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  map.set(key, made);
  return made;
}
