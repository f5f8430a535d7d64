import { type EventSource, type SecurityEventRecord, TextBounds } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';
import { buildNativeEvent } from './build-native-event.ts';
import { checkNativeEvent } from './check-native-event.ts';
import { restoreUnixNanos } from './exact-unix-nanos.ts';
import { judgeRecords, openNativeBatch } from './open-native-batch.ts';

/** Most security events in one batch. */
const NATIVE_EVENTS_MAX = 1000;

const SHAPE = { member: 'events', recordsMax: NATIVE_EVENTS_MAX };

/** The gateway's half: which events of a `POST /security-events/ingest` body are accepted, without building them. Throws `invalid-json`, `body-too-large`, `invalid-body`, `batch-too-large`, and nothing else for any bytes. */
export function verifyNativeEvents(body: Uint8Array, options: VerifyOptions): BatchVerdict {
  const { records } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  return { total: records.length, rejected: judgeRecords(records, (event) => checkNativeEvent(event, window)) };
}

/** The worker's half: the events of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again. */
export function buildNativeEvents(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): SecurityEventRecord[] {
  return buildEvents(body, options, rejectedIndexes, 'ingested');
}

/** The same of what the platform wrote into the queue itself (`platform-json`), which looks alike. */
export function buildPlatformEvents(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): SecurityEventRecord[] {
  return buildEvents(body, options, rejectedIndexes, 'platform');
}

function buildEvents(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
  source: EventSource,
): SecurityEventRecord[] {
  const { records, text } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const bounds = new TextBounds(text);
  const rejected = new Set(rejectedIndexes);
  restoreUnixNanos(records, 'timestamp', text);
  const built: SecurityEventRecord[] = [];
  for (const [index, event] of records.entries()) {
    if (!rejected.has(index)) {
      built.push(buildNativeEvent(event, { index, window, bounds, source }));
    }
  }
  return built;
}
