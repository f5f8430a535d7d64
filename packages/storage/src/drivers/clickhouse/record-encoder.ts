import type { OrgId } from '@aegisguard/model';
import type { BatchIdentity, EncodedBatch, RecordEncoder } from '../../driver.ts';
import { NativeBlockWriter } from './native-block-writer.ts';
import type { BATCH_COLUMNS } from './record-columns.ts';
import { uuidBytes, uuidColumnBytes } from './uuid-bytes.ts';

/** Writes a column's values. */
export type WriteColumn = (to: NativeBlockWriter) => void;

/** The columns that an encoder fills by itself. */
type CommonColumn = 'organization_id' | (typeof BATCH_COLUMNS)[number][0];

interface BatchRecord {
  readonly truncated: boolean;
  readonly index: number;
  readonly retentionDays?: number;
}

const writer = new NativeBlockWriter();

/** Encodes records as one block of ClickHouse's Native format a batch; `columnsOf` says how the columns of a kind of record are written. */
export function recordEncoder<Row extends BatchRecord, Column extends string>(
  columns: readonly (readonly [name: Column | CommonColumn, type: string])[],
  columnsOf: (records: readonly Row[]) => Record<Exclude<Column, CommonColumn>, WriteColumn>,
): RecordEncoder<Row> {
  return {
    encode(orgId: OrgId, batch: BatchIdentity, records: readonly Row[]): EncodedBatch {
      const write: Record<string, WriteColumn> = { ...commonColumns(orgId, batch, records), ...columnsOf(records) };
      writer.start(columns.length, records.length);
      for (const [name, type] of columns) {
        writer.column(name, type);
        write[name]?.(writer);
      }
      return { orgId, batchId: batch.batchId, rowCount: records.length, bytes: writer.finish() };
    },
  };
}

function commonColumns(
  orgId: OrgId,
  batch: BatchIdentity,
  records: readonly BatchRecord[],
): Record<CommonColumn, WriteColumn> {
  const constant =
    (value: Uint8Array): WriteColumn =>
    (to) =>
      to.repeated(value, records.length);
  return {
    organization_id: constant(uuidColumnBytes(orgId)),
    truncated: bytesColumn(records, ({ truncated }) => (truncated ? 1 : 0)),
    batch_id: constant(uuidBytes(batch.batchId)),
    batch_index: (to) => to.fixed(Uint32Array.from(records, ({ index }) => index)),
    received_at: constant(new Uint8Array(BigInt64Array.of(BigInt(Math.trunc(batch.receivedAtMs))).buffer)),
    retention_days: records.some(({ retentionDays }) => retentionDays !== undefined)
      ? (to) => to.fixed(Uint16Array.from(records, ({ retentionDays }) => retentionDays ?? batch.retentionDays))
      : constant(new Uint8Array(Uint16Array.of(batch.retentionDays).buffer)),
  };
}

/** A column of texts. */
export function textsColumn<Row>(records: readonly Row[], get: (record: Row) => string): WriteColumn {
  return (to) => to.texts(records.map(get));
}

/** A column of numbers up to 255. */
export function bytesColumn<Row>(records: readonly Row[], get: (record: Row) => number): WriteColumn {
  return (to) => to.fixed(Uint8Array.from(records, get));
}

/** A column of times in nanoseconds. */
export function timesColumn<Row>(records: readonly Row[], get: (record: Row) => bigint): WriteColumn {
  return (to) => to.fixed(BigInt64Array.from(records, get));
}
