import { type RumRecord, TextBounds } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import { RUM_DATA_BYTES_MAX } from '../records/record-limits.ts';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';
import { buildNativeRumEvent, RumHeader } from './build-native-rum.ts';
import { checkNativeRum, requireRumHeader } from './check-native-rum.ts';
import { restoreUnixNanos } from './exact-unix-nanos.ts';
import { judgeRecords, openNativeBatch } from './open-native-batch.ts';

/** Most events in one RUM batch (contract §3). */
const NATIVE_RUM_MAX = 1000;

const SHAPE = { member: 'events', recordsMax: NATIVE_RUM_MAX };

/**
 * The gateway's half: which events of a `POST /v1/rum` body are accepted, without building them. Throws `invalid-json`, `body-too-large`, `invalid-body`, also for the
 * fields that all events share, `batch-too-large`, and nothing else for any bytes.
 */
export function verifyNativeRum(body: Uint8Array, options: VerifyOptions): BatchVerdict {
  const { header, records } = openNativeBatch(body, SHAPE);
  requireRumHeader(header);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const isShort = body.length <= RUM_DATA_BYTES_MAX;
  return { total: records.length, rejected: judgeRecords(records, (event) => checkNativeRum(event, window, isShort)) };
}

/** The worker's half: the events of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again. */
export function buildNativeRum(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): RumRecord[] {
  const { header: sentHeader, records, text } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const bounds = new TextBounds(text);
  const header = new RumHeader(sentHeader, bounds);
  const rejected = new Set(rejectedIndexes);
  restoreUnixNanos(records, 'timestamp', text);
  const built: RumRecord[] = [];
  for (const [index, event] of records.entries()) {
    if (!rejected.has(index)) {
      built.push(buildNativeRumEvent(event, header, { index, window, bounds }));
    }
  }
  return built;
}
