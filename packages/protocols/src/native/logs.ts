import type { JsonValue, LogRecord } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import type { RecordRejection } from '../records/record-rejection.ts';
import { TextBounds } from '../records/text-bounds.ts';
import { buildNativeLog } from './build-native-log.ts';
import { checkNativeLog } from './check-native-log.ts';
import { restoreUnixNanos } from './exact-unix-nanos.ts';
import { judgeRecords, type NativeBatch, openNativeBatch } from './open-native-batch.ts';

/** Most logs in one native batch (contract §3). */
export const NATIVE_LOGS_MAX = 1000;

/** What of the envelope the verdict depends on. */
export interface NativeLogsOptions {
  readonly receivedAtMs: number;
  readonly retentionDays: number;
}

/** The verdict on a batch. */
export interface NativeLogsVerdict {
  /** Records in the batch. */
  readonly total: number;
  /** Ascending by index; one fault a record. */
  readonly rejected: readonly RecordRejection[];
}

/** A batch's verdict with the records that were accepted. */
export interface NativeLogs extends NativeLogsVerdict {
  readonly records: readonly LogRecord[];
}

const SHAPE = { member: 'logs', recordsMax: NATIVE_LOGS_MAX };

function judge(logs: readonly JsonValue[], window: EventWindow): RecordRejection[] {
  return judgeRecords(logs, (log) => checkNativeLog(log, window));
}

function build({ records: logs, text }: NativeBatch, window: EventWindow, rejected: ReadonlySet<number>): LogRecord[] {
  restoreUnixNanos(logs, 'timestamp', text);
  const bounds = new TextBounds(text);
  const records: LogRecord[] = [];
  for (const [index, log] of logs.entries()) {
    if (!rejected.has(index)) {
      records.push(buildNativeLog(log, index, window, bounds));
    }
  }
  return records;
}

/**
 * The gateway's half: which records of a `POST /v1/logs` body are accepted, without building them. Throws `invalid-json`, `body-too-large`, `invalid-body`,
 * `batch-too-large`, and nothing else for any bytes.
 */
export function verifyNativeLogs(body: Uint8Array, options: NativeLogsOptions): NativeLogsVerdict {
  const { records: logs } = openNativeBatch(body, SHAPE);
  return { total: logs.length, rejected: judge(logs, new EventWindow(options.receivedAtMs, options.retentionDays)) };
}

/**
 * The worker's half: the records of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again: what the gateway accepted is
 * never lost, even where this version would have refused it. Throws only for a body that the gateway cannot have accepted.
 */
export function buildNativeLogs(
  body: Uint8Array,
  options: NativeLogsOptions,
  rejectedIndexes: readonly number[],
): LogRecord[] {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  return build(openNativeBatch(body, SHAPE), window, new Set(rejectedIndexes));
}

/** Both halves at once, for a caller that is gateway and worker in one. */
export function decodeNativeLogs(body: Uint8Array, options: NativeLogsOptions): NativeLogs {
  const batch = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const rejected = judge(batch.records, window);
  const records = build(batch, window, new Set(rejected.map(({ index }) => index)));
  return { total: batch.records.length, rejected, records };
}
