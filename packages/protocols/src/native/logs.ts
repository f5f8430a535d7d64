import { AegisError, type JsonValue, type LogRecord } from '@aegisguard/model';
import { decodeJsonBody } from '../json/decode-json-body.ts';
import { isJsonObject } from '../json/is-json-object.ts';
import { nameOfJsonType } from '../json/name-of-json-type.ts';
import { EventWindow } from '../records/event-window.ts';
import type { RecordRejection } from '../records/record-rejection.ts';
import { TextBounds } from '../records/text-bounds.ts';
import { buildNativeLog } from './build-native-log.ts';
import { checkNativeLog } from './check-native-log.ts';
import { restoreUnixNanos } from './exact-unix-nanos.ts';

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

interface Batch {
  readonly logs: JsonValue[];
  readonly text: string;
}

function openBatch(body: Uint8Array): Batch {
  const { value, text } = decodeJsonBody(body);
  if (!isJsonObject(value)) {
    throw new AegisError('invalid-body', {
      detail: `The body must be an object {"logs": […]}, not ${nameOfJsonType(value)}.`,
    });
  }
  const { logs } = value;
  if (!Array.isArray(logs)) {
    throw new AegisError('invalid-body', { detail: `"logs" must be an array, found ${nameOfJsonType(logs)}.` });
  }
  if (logs.length > NATIVE_LOGS_MAX) {
    throw new AegisError('batch-too-large', {
      detail: `A batch has at most ${NATIVE_LOGS_MAX} logs, this one has ${logs.length}.`,
      members: { limit: NATIVE_LOGS_MAX },
    });
  }
  return { logs, text };
}

function judge(logs: readonly JsonValue[], window: EventWindow): RecordRejection[] {
  const rejected: RecordRejection[] = [];
  for (const [index, log] of logs.entries()) {
    const fault = checkNativeLog(log, window);
    if (fault !== undefined) {
      rejected.push({ index, ...fault });
    }
  }
  return rejected;
}

function build({ logs, text }: Batch, window: EventWindow, rejected: ReadonlySet<number>): LogRecord[] {
  restoreUnixNanos(logs, text);
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
  const { logs } = openBatch(body);
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
  return build(openBatch(body), window, new Set(rejectedIndexes));
}

/** Both halves at once, for a caller that is gateway and worker in one. */
export function decodeNativeLogs(body: Uint8Array, options: NativeLogsOptions): NativeLogs {
  const batch = openBatch(body);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const rejected = judge(batch.logs, window);
  const records = build(batch, window, new Set(rejected.map(({ index }) => index)));
  return { total: batch.logs.length, rejected, records };
}
