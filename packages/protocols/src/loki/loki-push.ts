// https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
import type { LogRecord } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import type { BatchVerdict, MessageEncoding, VerifyOptions } from '../records/verdict.ts';
import { buildLokiJson, verifyLokiJson } from './loki-json.ts';
import { buildLokiProtobuf, verifyLokiProtobuf } from './loki-protobuf.ts';

/**
 * The gateway's half of a Loki push, decompressed. A record is an entry; its index counts the entries of all streams in the order of the body. Throws `invalid-json`,
 * `invalid-protobuf`, `invalid-body`, `body-too-large`, `batch-too-large`, and nothing else for any bytes.
 */
export function verifyLokiPush(body: Uint8Array, encoding: MessageEncoding, options: VerifyOptions): BatchVerdict {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  return encoding === 'json' ? verifyLokiJson(body, window) : verifyLokiProtobuf(body, window);
}

/** The worker's half: the records of a push that the gateway has verified, but for the indexes that it refused. Checks nothing again. */
export function buildLokiPush(
  body: Uint8Array,
  encoding: MessageEncoding,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): LogRecord[] {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  const rejected = new Set(rejectedIndexes);
  return encoding === 'json' ? buildLokiJson(body, window, rejected) : buildLokiProtobuf(body, window, rejected);
}
