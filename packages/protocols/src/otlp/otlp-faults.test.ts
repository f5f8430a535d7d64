import { AegisError, formatRfc3339Nanos, type LogRecord, type SpanRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { buildOtlpLogs, verifyOtlpLogs } from './otlp-logs.ts';
import { buildOtlpSpans, verifyOtlpSpans } from './otlp-spans.ts';
import { encodeOtlp } from './protobuf/encode-otlp.ts';

const receivedAtMs = Date.parse('2026-11-22T12:00:00Z');
const options = { receivedAtMs, retentionDays: 30 };
const receipt = '2026-11-22T12:00:00.000000000Z';

function nanosOf(time: string): string {
  return `${Date.parse(time)}000000`;
}

const now = nanosOf('2026-11-22T11:59:00Z');
const ID = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

function spansRequest(spans: readonly object[], resource: object = {}): object {
  return { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
}

function logsRequest(logRecords: readonly object[], resource: object = {}, scope: object = {}): object {
  return { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] };
}

function spanJson(...spans: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify(spansRequest(spans)));
}

function logJson(...logs: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify(logsRequest(logs)));
}

/** What both encodings say of one span: `undefined` when it is taken. */
function spanFault(members: object): unknown {
  const request = spansRequest([{ ...ID, name: 'n', startTimeUnixNano: now, ...members }]);
  const fromJson = verifyOtlpSpans(Buffer.from(JSON.stringify(request)), 'json', options);
  expect(verifyOtlpSpans(encodeOtlp('ExportTraceServiceRequest', request), 'protobuf', options)).toEqual(fromJson);
  expect(fromJson.total).toBe(1);
  return fromJson.rejected[0];
}

function spanOf(members: object): SpanRecord {
  const request = spansRequest([{ ...ID, name: 'n', startTimeUnixNano: now, ...members }]);
  const records = buildOtlpSpans(Buffer.from(JSON.stringify(request)), 'json', options, []);
  expect(buildOtlpSpans(encodeOtlp('ExportTraceServiceRequest', request), 'protobuf', options, [])).toEqual(records);
  expect(records).toHaveLength(1);
  return records[0] as SpanRecord;
}

function logFault(members: object): unknown {
  const request = logsRequest([members]);
  const fromJson = verifyOtlpLogs(Buffer.from(JSON.stringify(request)), 'json', options);
  expect(verifyOtlpLogs(encodeOtlp('ExportLogsServiceRequest', request), 'protobuf', options)).toEqual(fromJson);
  expect(fromJson.total).toBe(1);
  return fromJson.rejected[0];
}

function logOf(members: object, resource: object = {}): LogRecord {
  const request = logsRequest([members], resource);
  const records = buildOtlpLogs(Buffer.from(JSON.stringify(request)), 'json', options, []);
  expect(buildOtlpLogs(encodeOtlp('ExportLogsServiceRequest', request), 'protobuf', options, [])).toEqual(records);
  expect(records).toHaveLength(1);
  return records[0] as LogRecord;
}

function attributes(count: number): object[] {
  return Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value: { intValue: '1' } }));
}

/** An array in an array, so many of them. */
function nested(levels: number): object {
  let value: object = { stringValue: 'x' };
  for (let level = 0; level < levels; level += 1) {
    value = level % 2 === 0 ? { arrayValue: { values: [value] } } : { kvlistValue: { values: [{ key: 'k', value }] } };
  }
  return value;
}

describe('a span is refused', () => {
  it.each([
    ['without a trace id', { traceId: '' }, '/traceId', 'traceId is required'],
    ['with a trace id of zeros', { traceId: '0'.repeat(32) }, '/traceId', 'traceId must not be all zeros'],
    [
      'with a trace id too short',
      { traceId: '0af765' },
      '/traceId',
      'traceId must have 16 bytes, 32 hexadecimal digits',
    ],
    ['without a span id', { spanId: '' }, '/spanId', 'spanId is required'],
    ['with a span id of zeros', { spanId: '0'.repeat(16) }, '/spanId', 'spanId must not be all zeros'],
    [
      'with a span id too long',
      { spanId: `${ID.spanId}00` },
      '/spanId',
      'spanId must have 8 bytes, 16 hexadecimal digits',
    ],
    [
      'with a parent too short',
      { parentSpanId: '0a' },
      '/parentSpanId',
      'parentSpanId must have 8 bytes, 16 hexadecimal digits',
    ],
    ['without a start', { startTimeUnixNano: '0' }, '/startTimeUnixNano', 'startTimeUnixNano is required'],
    [
      'with a value nested too deep',
      { attributes: [{ key: 'a', value: nested(101) }] },
      '/attributes',
      'a value is nested deeper than 100 levels',
    ],
  ])('%s', (_, members, path, message) => {
    expect(spanFault(members)).toEqual({ index: 0, path, message, code: 'invalid' });
  });

  it('when it is too old', () => {
    expect(spanFault({ startTimeUnixNano: nanosOf('2026-10-01T00:00:00Z') })).toEqual({
      index: 0,
      path: '/startTimeUnixNano',
      message: 'older than the 30 days that traces are kept',
      code: 'too-old',
    });
  });

  it.each([
    ['it', { attributes: attributes(513) }, '/attributes'],
    ['an event', { events: [{}, { attributes: attributes(513) }] }, '/events/1/attributes'],
    ['a link', { links: [{ attributes: attributes(513) }] }, '/links/0/attributes'],
    [
      'a map inside it',
      { attributes: [{ key: 'm', value: { kvlistValue: { values: attributes(513) } } }] },
      '/attributes',
    ],
  ])('when %s has too many attributes', (_, members, path) => {
    expect(spanFault(members)).toEqual({
      index: 0,
      path,
      message: 'there may be at most 512 attributes',
      code: 'too-many-attributes',
    });
  });

  it.each([
    ['a name that is no text', { name: 1 }, '/name'],
    ['digits that are none', { startTimeUnixNano: 'x' }, '/startTimeUnixNano'],
    ['a negative time', { startTimeUnixNano: -1 }, '/startTimeUnixNano'],
    ['a time of more than 64 bits', { startTimeUnixNano: '18446744073709551616' }, '/startTimeUnixNano'],
    ['flags that are no number', { flags: {} }, '/flags'],
    ['a count with a fraction', { droppedLinksCount: 1.5 }, '/droppedLinksCount'],
    ['a kind that is no number', { kind: true }, '/kind'],
    ['a status that is no object', { status: 2 }, '/status'],
    ['a status code that is no number', { status: { code: [] } }, '/status/code'],
    ['an id that is not hexadecimal', { traceId: 'x'.repeat(32) }, '/traceId'],
    ['attributes that are an object', { attributes: { a: 1 } }, '/attributes'],
    ['an attribute that is bare', { attributes: [{ key: 'a', value: 1 }] }, '/attributes'],
    ['an attribute whose name is no text', { attributes: [{ key: 1, value: {} }] }, '/attributes'],
    ['an integer that is none', { attributes: [{ key: 'a', value: { intValue: '1.5' } }] }, '/attributes'],
    ['bytes that are not base64', { attributes: [{ key: 'a', value: { bytesValue: '*' } }] }, '/attributes'],
    ['an array that is bare', { attributes: [{ key: 'a', value: { arrayValue: [1] } }] }, '/attributes'],
    ['events that are no list', { events: {} }, '/events'],
    ['an event that is no object', { events: [{}, 1] }, '/events/1'],
    ['an event with a wrong time', { events: [{ timeUnixNano: {} }] }, '/events/0/timeUnixNano'],
  ])('for %s, in JSON', (_, members, path) => {
    const body = spanJson({ ...ID, startTimeUnixNano: now }, { ...ID, startTimeUnixNano: now, ...members });
    const { total, rejected } = verifyOtlpSpans(body, 'json', options);
    expect(total).toBe(2);
    expect(rejected).toMatchObject([{ index: 1, path, code: 'invalid' }]);
    // A worker of another version that takes it all the same makes something of it.
    expect(buildOtlpSpans(body, 'json', options, [])).toHaveLength(2);
  });
});

describe('a span is taken', () => {
  it.each([
    ['with the most attributes', { attributes: attributes(512) }],
    ['with an array of many', { attributes: [{ key: 'a', value: { arrayValue: { values: Array(600).fill({}) } } }] }],
    ['nested as deep as it may', { attributes: [{ key: 'a', value: nested(100) }] }],
    ['with very many events', { events: Array.from({ length: 3000 }, () => ({ timeUnixNano: now, name: 'e' })) }],
    ['without a name', { name: '' }],
    ['with a parent of zeros', { parentSpanId: '0000000000000000' }],
  ])('%s', (_, members) => {
    expect(spanFault(members)).toBeUndefined();
    spanOf(members);
  });

  it('that ends before it begins, without a duration', () => {
    const record = spanOf({ endTimeUnixNano: String(BigInt(now) - 1n) });
    expect([record.durationNanos, record.details]).toEqual([0n, { originalEndTime: '2026-11-22T11:58:59.999999999Z' }]);
  });

  it('that has no end, without a duration', () => {
    const record = spanOf({});
    expect([record.durationNanos, record.details]).toEqual([0n, {}]);
  });

  it('that ends in another age', () => {
    const record = spanOf({ endTimeUnixNano: String(2n ** 64n - 1n) });
    expect(record.durationNanos).toBe(2n ** 64n - 1n - BigInt(now));
  });

  it('from the future, at the time of receipt', () => {
    const startTimeUnixNano = nanosOf('2026-11-23T12:00:01Z');
    const record = spanOf({ startTimeUnixNano, endTimeUnixNano: `${startTimeUnixNano.slice(0, -1)}7` });
    expect(formatRfc3339Nanos(record.startTime)).toBe(receipt);
    expect(record.durationNanos).toBe(7n);
    expect(record.attributes).toEqual({ 'aegis.original_timestamp': '2026-11-23T12:00:01.000000000Z' });
  });

  it('cut to size', () => {
    const record = spanOf({
      name: 'n'.repeat(2000),
      attributes: [{ key: 'a', value: { stringValue: 'é'.repeat(40_000) } }],
    });
    expect([record.name.length, record.truncated]).toEqual([1024, true]);
    expect(record.attributes.a).toBe('é'.repeat(32_768));
  });

  it('with an event in another age', () => {
    const record = spanOf({ events: [{ timeUnixNano: String(2n ** 64n - 1n) }] });
    expect(record.events[0]?.attributes).toEqual({ 'aegis.original_timestamp': '2554-07-21T23:34:33.709551615Z' });
  });
});

describe('a log', () => {
  it.each([
    ['with a trace id too short', { traceId: '0a' }, '/traceId'],
    ['with a span id too long', { spanId: '0a'.repeat(9) }, '/spanId'],
    ['with a body nested too deep', { body: nested(101) }, '/body'],
  ])('is refused %s', (_, members, path) => {
    expect(logFault(members)).toMatchObject({ index: 0, path, code: 'invalid' });
  });

  it.each([
    ['its own time', { timeUnixNano: nanosOf('2026-10-01T00:00:00Z'), observedTimeUnixNano: now }, '/timeUnixNano'],
    ['the time it was seen', { observedTimeUnixNano: nanosOf('2026-10-01T00:00:00Z') }, '/observedTimeUnixNano'],
  ])('is refused as too old by %s', (_, members, path) => {
    expect(logFault(members)).toMatchObject({ path, code: 'too-old' });
  });

  it('may be empty', () => {
    expect(logFault({})).toBeUndefined();
    const record = logOf({});
    expect(formatRfc3339Nanos(record.timestamp)).toBe(receipt);
    expect(record).toMatchObject({ service: 'unknown_service', message: '', traceId: '', spanId: '', details: {} });
  });

  it('has the time it was seen when it has none', () => {
    expect(logOf({ observedTimeUnixNano: now }).timestamp).toBe(BigInt(now));
  });

  it('has no ids when they are zeros', () => {
    const zeros = { traceId: '0'.repeat(32), spanId: '0'.repeat(16) };
    expect(logFault(zeros)).toBeUndefined();
    expect(logOf(zeros)).toMatchObject({ traceId: '', spanId: '' });
  });

  it('has columns from its resource, which keeps them', () => {
    const stringAttributes = (entries: Record<string, string>): object[] =>
      Object.entries(entries).map(([key, stringValue]) => ({ key, value: { stringValue } }));
    const sent = {
      'service.name': 's',
      'host.name': 'h',
      'deployment.environment': 'old',
      'deployment.environment.name': 'e',
      'service.version': 'v',
    };
    expect(logOf({}, { attributes: stringAttributes(sent) })).toMatchObject({
      service: 's',
      host: 'h',
      env: 'e',
      version: 'v',
      resource: sent,
    });
    expect(logOf({}, { attributes: stringAttributes({ 'deployment.environment': 'old' }) }).env).toBe('old');
  });

  it('keeps what its resource says of entities', () => {
    const ref = { schemaUrl: 'u', type: 'service', idKeys: ['a', 'b'], descriptionKeys: ['c'] };
    expect(logOf({}, { entityRefs: [ref] }).details).toEqual({ resource: { entityRefs: [ref] } });
  });

  it('shares no object with another', () => {
    const request = logsRequest([{}, {}], {
      attributes: [{ key: 'a', value: { kvlistValue: { values: attributes(1) } } }],
    });
    const [first, second] = buildOtlpLogs(Buffer.from(JSON.stringify(request)), 'json', options, []);
    expect(first?.resource).toEqual(second?.resource);
    expect(first?.resource.a).not.toBe(second?.resource.a);
  });

  it('shares the fault of its resource or scope', () => {
    for (const request of [
      logsRequest([{}, { traceId: '0a' }], { attributes: attributes(513) }),
      logsRequest([{}, { traceId: '0a' }], {}, { attributes: attributes(513) }),
    ]) {
      const verdict = verifyOtlpLogs(Buffer.from(JSON.stringify(request)), 'json', options);
      expect(verdict.rejected.map(({ index, code }) => [index, code])).toEqual([
        [0, 'too-many-attributes'],
        [1, 'invalid'],
      ]);
      expect(verifyOtlpLogs(encodeOtlp('ExportLogsServiceRequest', request), 'protobuf', options)).toEqual(verdict);
    }
  });
});

describe('JSON as others write it', () => {
  it('names of the schema, names of enums, numbers for texts, null for absent, unknown members', () => {
    const body = Buffer.from(
      JSON.stringify({
        resource_logs: [
          {
            resource: { dropped_attributes_count: 1, x: 1 },
            schema_url: 'u',
            scope_logs: [
              {
                scope: null,
                log_records: [
                  {
                    time_unix_nano: Number(now),
                    severity_number: 'SEVERITY_NUMBER_WARN2',
                    severity_text: null,
                    body: { string_value: 'm', other: 1 },
                    attributes: [
                      { key: 'i', value: { int_value: 7 } },
                      { key: 'd', value: { double_value: '1.5' } },
                      { key: 'e', value: { intValue: '1e3' } },
                      { key: 'n', value: null },
                      { key: 'u', value: { bytesValue: '_-8' } },
                    ],
                    trace_id: ID.traceId.toUpperCase(),
                    flags: '1',
                    unknown: [[]],
                  },
                ],
              },
            ],
          },
        ],
        other: 1,
      }),
    );
    expect(verifyOtlpLogs(body, 'json', options)).toEqual({ total: 1, rejected: [] });
    expect(buildOtlpLogs(body, 'json', options, [])).toMatchObject([
      {
        timestamp: BigInt(now),
        severityNumber: 14,
        severityText: '',
        message: 'm',
        attributes: { i: 7, d: 1.5, e: 1000, n: null, u: '/+8=' },
        traceId: ID.traceId,
        details: { flags: 1, resource: { droppedAttributesCount: 1, schemaUrl: 'u' } },
      },
    ]);
  });

  it('64-bit numbers without quotes lose no digit', () => {
    const body = Buffer.from(
      `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1795348740123456789,"attributes":[{"key":"a","value":{"intValue":-9007199254740995}}]}]}]}]}`,
    );
    expect(verifyOtlpLogs(body, 'json', options)).toEqual({ total: 1, rejected: [] });
    expect(buildOtlpLogs(body, 'json', options, [])).toMatchObject([
      { timestamp: 1_795_348_740_123_456_789n, attributes: { a: '-9007199254740995' } },
    ]);
  });

  it('names of kinds and statuses', () => {
    const span = { ...ID, startTimeUnixNano: now, kind: 'SPAN_KIND_PRODUCER', status: { code: 'STATUS_CODE_ERROR' } };
    expect(buildOtlpSpans(spanJson(span), 'json', options, [])).toMatchObject([{ kind: 'producer', status: 'error' }]);
    const unknown = { ...span, kind: 'SPAN_KIND_X', status: { code: 9 } };
    expect(buildOtlpSpans(spanJson(unknown), 'json', options, [])).toMatchObject([
      { kind: 'unspecified', status: 'unset' },
    ]);
  });

  it('the groups that scopes replaced', () => {
    const groups = [{ instrumentationLibrary: { name: 'l' }, logRecords: [{}, {}] }];
    const request = { resourceLogs: [{ scopeLogs: [{ logRecords: [{}] }], instrumentationLibraryLogs: groups }] };
    const records = buildOtlpLogs(Buffer.from(JSON.stringify(request)), 'json', options, [1]);
    expect(records.map(({ index, scopeName }) => [index, scopeName])).toEqual([
      [0, ''],
      [2, 'l'],
    ]);
  });

  it.each([
    ['[]', 'The body must be an object {"resourceLogs": […]}, not an array.'],
    ['{"resourceLogs":{}}', '"resourceLogs" must be an array, found a JSON object.'],
    ['{"resourceLogs":[1]}', '"resourceLogs" must be an array of objects, found a JSON number.'],
    ['{"resourceLogs":[{"scopeLogs":1}]}', '"scopeLogs" must be an array, found a JSON number.'],
    ['{"resourceLogs":[{"scopeLogs":[{"logRecords":1}]}]}', '"logRecords" must be an array, found a JSON number.'],
  ])('that is no request: %s', (body, detail) => {
    let error: unknown;
    try {
      verifyOtlpLogs(Buffer.from(body), 'json', options);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AegisError);
    expect([(error as AegisError).code, (error as AegisError).detail]).toEqual(['invalid-body', detail]);
  });

  it.each(['{}', '{"resourceLogs":null}', '{"resourceLogs":[{"scopeLogs":[{}]}]}'])('without a record: %s', (body) => {
    expect(verifyOtlpLogs(Buffer.from(body), 'json', options)).toEqual({ total: 0, rejected: [] });
    expect(buildOtlpLogs(Buffer.from(body), 'json', options, [])).toEqual([]);
  });

  it('a record that is none', () => {
    const body = logJson(1 as unknown as object, {});
    expect(verifyOtlpLogs(body, 'json', options).rejected).toEqual([
      { index: 0, path: '', message: 'a record must be an object', code: 'invalid' },
    ]);
  });
});
