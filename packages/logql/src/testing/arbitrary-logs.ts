import {
  type JsonObject,
  type LogLevel,
  PUSHED_METADATA,
  type StoredLog,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import fc from 'fast-check';
import type { Vocabulary } from './vocabulary.ts';

/** Where generated logs and ranges lie. */
export const LOGS_START = unixNanos(1_767_225_600_000_000_000n);
const SECOND = 1_000_000_000n;
const SPAN_SECONDS = 120;

/** Words that queries and logs have in common, so that filters find something. */
export const LOG_WORDS: Vocabulary = {
  label: fc.constantFrom(
    'app',
    'pod',
    'user',
    'status',
    'took',
    'size',
    'a_b',
    'none',
    'service',
    'host',
    '__error__',
    'level',
    'detected_level',
  ),
  text: fc.constantFrom('', 'a', 'b', 'GET', '200', 'error', '10.0.0.7', 'x y'),
  regex: fc.constantFrom('.*', '', 'a|b', '(?i)get', '2..', '.+', 'e.*r'),
  linePattern: fc.constantFrom('GET <_>', '<_> 200 <_>', '<_>', 'status=<_>', ''),
  ip: fc.constantFrom('10.0.0.0/8', '10.0.0.7', '::1'),
  jsonPath: fc.constantFrom('status', 'a.b', 'none'),
  logfmtKey: fc.constantFrom('status', 'took', 'none'),
  regexp: fc.constantFrom('status=(?P<status>\\d+)', '(?P<took>\\S+)'),
  pattern: fc.constantFrom('<app> <status>', '<_>=<took> <_>'),
  template: fc.constantFrom('{{.app}} {{.status}}', 'plain', '{{.none}}', '{{ .user | ToUpper }}'),
  range: fc.integer({ min: 1, max: 160 }).map((quarters) => (BigInt(quarters) * SECOND) / 4n),
  number: fc.constantFrom(0, 1, 2, 200, 500, 1.5),
};

const STATUS = fc.constantFrom('200', '404', '500', 'x');

function arbitraryLine(): fc.Arbitrary<string> {
  const fields = fc.record({
    status: STATUS,
    took: fc.constantFrom('5ms', '2s', '1'),
    size: fc.constantFrom('1KB', '20B', ''),
  });
  return fc.oneof(
    fields.map(({ status, took, size }) => `GET status=${status} took=${took} size=${size}`),
    fields.map((made) => JSON.stringify({ ...made, app: 'line', a: { b: 1 }, user: 'a' })),
    fc.constantFrom('', 'a 200 b', 'GET /x from 10.0.0.7', 'error {"status":', 'x y'),
  );
}

/** Values of labels as senders have them; none is empty. */
function arbitraryObject(names: readonly string[]): fc.Arbitrary<JsonObject> {
  const value = fc.constantFrom('a', 'b', '200', '10.0.0.7');
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { maxLength: 2, selector: ([name]) => name })
    .map(Object.fromEntries);
}

/** Logs as storage gives them back, pushed by Loki clients and others, at places of their own. */
export function arbitraryLogs(line = arbitraryLine()): fc.Arbitrary<StoredLog[]> {
  const log = fc.record({
    quarters: fc.integer({ min: 0, max: 4 * SPAN_SECONDS }),
    isPushed: fc.boolean(),
    message: line,
    service: fc.constantFrom('a', 'b'),
    host: fc.constantFrom('', 'h'),
    level: fc.constantFrom('info' as const, 'error' as const),
    attributes: arbitraryObject(['pod', 'user', 'status', 'app']),
    resource: arbitraryObject(['app', 'took']),
  });
  return fc.array(log, { maxLength: 25 }).map((made) =>
    made.map(({ quarters, isPushed, ...fields }, index) => {
      const timestamp = unixNanos(LOGS_START + (BigInt(quarters) * SECOND) / 4n);
      const details: JsonObject = isPushed ? { [PUSHED_METADATA]: Object.keys(fields.attributes).length } : {};
      return storedLog(timestamp, index, { ...fields, details });
    }),
  );
}

/** A log of which only some fields matter. */
export function storedLog(timestamp: UnixNanos, index: number, fields: Partial<StoredLog> = {}): StoredLog {
  const level: LogLevel = 'info';
  return {
    position: { timestamp, batchId: '019ab000-0000-7000-8000-000000000000', index },
    level,
    severityNumber: 9,
    severityText: '',
    service: 'api',
    message: 'it works',
    host: '',
    env: '',
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    details: {},
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    ...fields,
  };
}
