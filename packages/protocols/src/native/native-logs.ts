import { type LogRecord, TextBounds } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';
import { buildNativeLog } from './build-native-log.ts';
import { checkNativeLog } from './check-native-log.ts';
import { restoreUnixNanos } from './exact-unix-nanos.ts';
import { judgeRecords, openNativeBatch } from './open-native-batch.ts';

/** Most logs in one native batch (contract §3). */
const NATIVE_LOGS_MAX = 1000;

const SHAPE = { member: 'logs', recordsMax: NATIVE_LOGS_MAX };

/**
 * The gateway's half: which records of a `POST /v1/logs` body are accepted, without building them. Throws `invalid-json`, `body-too-large`, `invalid-body`,
 * `batch-too-large`, and nothing else for any bytes.
 */
export function verifyNativeLogs(body: Uint8Array, options: VerifyOptions): BatchVerdict {
  const { records } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  return { total: records.length, rejected: judgeRecords(records, (log) => checkNativeLog(log, window)) };
}

/**
 * The worker's half: the records of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again: what the gateway accepted is
 * never lost, even where this version would have refused it. Throws only for a body that the gateway cannot have accepted.
 */
export function buildNativeLogs(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): LogRecord[] {
  const { records: logs, text } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const rejected = new Set(rejectedIndexes);
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
