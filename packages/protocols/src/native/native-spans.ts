import { type JsonValue, type SpanRecord, TextBounds } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { EventWindow } from '../records/event-window.ts';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';
import { buildNativeSpan } from './build-native-span.ts';
import { checkNativeSpan } from './check-native-span.ts';
import { restoreUnixNanos } from './exact-unix-nanos.ts';
import { judgeRecords, openNativeBatch } from './open-native-batch.ts';

/** Most spans in one native batch (contract §3). */
const NATIVE_SPANS_MAX = 500;

const SHAPE = { member: 'spans', recordsMax: NATIVE_SPANS_MAX };

/**
 * The gateway's half: which spans of a `POST /v1/traces` body are accepted, without building them. Throws `invalid-json`, `body-too-large`, `invalid-body`,
 * `batch-too-large`, and nothing else for any bytes.
 */
export function verifyNativeSpans(body: Uint8Array, options: VerifyOptions): BatchVerdict {
  const { records } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  return { total: records.length, rejected: judgeRecords(records, (span) => checkNativeSpan(span, window)) };
}

/** Gives all times of the spans the digits that were sent. */
function restoreTimes(spans: readonly JsonValue[], text: string): void {
  restoreUnixNanos(spans, 'startTime', text);
  restoreUnixNanos(spans, 'endTime', text);
  const events = spans.flatMap((span) => (isJsonObject(span) && Array.isArray(span.events) ? span.events : []));
  restoreUnixNanos(events, 'timestamp', text);
}

/** The worker's half: the spans of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again. */
export function buildNativeSpans(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): SpanRecord[] {
  const { records: spans, text } = openNativeBatch(body, SHAPE);
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const bounds = new TextBounds(text);
  const rejected = new Set(rejectedIndexes);
  restoreTimes(spans, text);
  const built: SpanRecord[] = [];
  for (const [index, span] of spans.entries()) {
    if (!rejected.has(index)) {
      built.push(buildNativeSpan(span, index, window, bounds));
    }
  }
  return built;
}
