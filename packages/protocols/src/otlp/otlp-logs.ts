// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/collector/logs/v1/logs_service.proto
import type { LogRecord } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import type { BatchVerdict, MessageEncoding, VerifyOptions } from '../records/verdict.ts';
import { jsonLogFacts, readJsonLog } from './json/json-logs.ts';
import { buildJsonExport, type ExportNames, verifyJsonExport } from './json/walk-export.ts';
import { LogFields } from './log-fields.ts';
import { readLog, readLogFacts } from './protobuf/protobuf-logs.ts';
import { buildProtobufExport, verifyProtobufExport } from './protobuf/walk-export.ts';

const NAMES: ExportNames = {
  resources: ['resourceLogs', 'resource_logs'],
  scopes: ['scopeLogs', 'scope_logs'],
  oldScopes: ['instrumentationLibraryLogs', 'instrumentation_library_logs'],
  records: ['logRecords', 'log_records'],
};

/**
 * The gateway's half of `ExportLogsServiceRequest`. Throws `invalid-protobuf`, `invalid-json`, `invalid-body`, `body-too-large`, `batch-too-large`, and nothing else for any
 * bytes.
 */
export function verifyOtlpLogs(body: Uint8Array, encoding: MessageEncoding, options: VerifyOptions): BatchVerdict {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  if (encoding === 'protobuf') {
    return verifyProtobufExport(body, (reader) => readLogFacts(reader).judge(window));
  }
  return verifyJsonExport(body, NAMES, (log, json) => {
    const fields = readJsonLog(log, json);
    return json.fault ?? jsonLogFacts(fields).judge(window);
  });
}

/** The worker's half: the records of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again. */
export function buildOtlpLogs(
  body: Uint8Array,
  encoding: MessageEncoding,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): LogRecord[] {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  if (encoding === 'protobuf') {
    return buildProtobufExport(body, rejectedIndexes, (reader, origin, index, bounds) => {
      const fields = new LogFields();
      readLog(reader, fields);
      return fields.toRecord(origin, index, window, bounds);
    });
  }
  return buildJsonExport(body, NAMES, rejectedIndexes, (log, json, { origin, index, bounds }) =>
    readJsonLog(log, json).toRecord(origin, index, window, bounds),
  );
}
