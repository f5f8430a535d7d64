// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/collector/trace/v1/trace_service.proto
import type { SpanRecord } from '@aegisguard/model';
import { EventWindow } from '../records/event-window.ts';
import type { BatchVerdict, MessageEncoding, VerifyOptions } from '../records/verdict.ts';
import { jsonSpanFacts, readJsonSpan } from './json/json-spans.ts';
import { buildJsonExport, type ExportNames, verifyJsonExport } from './json/walk-export.ts';
import { readSpan, readSpanFacts } from './protobuf/protobuf-spans.ts';
import { buildProtobufExport, verifyProtobufExport } from './protobuf/walk-export.ts';
import { SpanFields } from './span-fields.ts';

const NAMES: ExportNames = {
  resources: ['resourceSpans', 'resource_spans'],
  scopes: ['scopeSpans', 'scope_spans'],
  oldScopes: ['instrumentationLibrarySpans', 'instrumentation_library_spans'],
  records: ['spans', 'spans'],
};

/**
 * The gateway's half of `ExportTraceServiceRequest`. Throws `invalid-protobuf`, `invalid-json`, `invalid-body`, `body-too-large`, `batch-too-large`, and nothing else for any
 * bytes.
 */
export function verifyOtlpSpans(body: Uint8Array, encoding: MessageEncoding, options: VerifyOptions): BatchVerdict {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  if (encoding === 'protobuf') {
    return verifyProtobufExport(body, (reader) => readSpanFacts(reader).judge(window));
  }
  return verifyJsonExport(body, NAMES, (span, json) => {
    const fields = readJsonSpan(span, json);
    return json.fault ?? jsonSpanFacts(fields).judge(window);
  });
}

/** The worker's half: the records of a body that the gateway has verified, but for the indexes that it refused. Checks nothing again. */
export function buildOtlpSpans(
  body: Uint8Array,
  encoding: MessageEncoding,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): SpanRecord[] {
  const window = new EventWindow(options.receivedAtMs, options.retentionDays);
  if (encoding === 'protobuf') {
    return buildProtobufExport(body, rejectedIndexes, (reader, origin, index, bounds) => {
      const fields = new SpanFields();
      readSpan(reader, fields);
      return fields.toRecord(origin, index, window, bounds);
    });
  }
  return buildJsonExport(body, NAMES, rejectedIndexes, (span, json, { origin, index, bounds }) =>
    readJsonSpan(span, json).toRecord(origin, index, window, bounds),
  );
}
