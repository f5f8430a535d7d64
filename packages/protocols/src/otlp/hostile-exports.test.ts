import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageEncoding } from '../records/verdict.ts';
import { buildOtlpLogs, verifyOtlpLogs } from './otlp-logs.ts';
import { buildOtlpSpans, verifyOtlpSpans } from './otlp-spans.ts';
import { encodeOtlp } from './protobuf/encode-otlp.ts';

const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 30 };
const now = '1795348740000000000';
const SIGNALS = ['logs', 'traces'] as const;
type Signal = (typeof SIGNALS)[number];

/** `decoded`, or the code of the client error; anything else that happens is the test's failure. */
function outcome(signal: Signal, encoding: MessageEncoding, body: Uint8Array): string {
  const [verify, build] = signal === 'logs' ? [verifyOtlpLogs, buildOtlpLogs] : [verifyOtlpSpans, buildOtlpSpans];
  try {
    const { total, rejected } = verify(body, encoding, options);
    const records = build(
      body,
      encoding,
      options,
      rejected.map(({ index }) => index),
    );
    expect(records.length + rejected.length).toBe(total);
    for (const record of records) {
      // What was built must be fit for any later JSON.stringify, however deep the input was.
      JSON.stringify([record.attributes, record.resource, record.details]);
    }
    // What the gateway refused, a worker of another version may be asked to build.
    build(body, encoding, options, []);
    return 'decoded';
  } catch (error) {
    if (error instanceof AegisError && error.status >= 400 && error.status < 500) {
      expect(error.detail?.length).toBeLessThan(250);
      return error.code;
    }
    throw error;
  }
}

const value = {
  kvlistValue: {
    values: [
      { key: 'a', value: { arrayValue: { values: [{ stringValue: 'é' }, { intValue: '-5' }, { doubleValue: 0.5 }] } } },
      { key: 'b', value: { boolValue: true } },
      { key: 'c', value: { bytesValue: 'AAA=' } },
    ],
  },
};
const attributes = [{ key: 'k', value }];
const group = { resource: { attributes, entityRefs: [{ type: 't', idKeys: ['a'] }] }, schemaUrl: 'u' };
const scope = { name: 'n', version: '1', attributes };
const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const span = {
  ...ids,
  name: 'n',
  kind: 2,
  startTimeUnixNano: now,
  endTimeUnixNano: now,
  attributes,
  events: [{ timeUnixNano: now, name: 'e', attributes }],
  links: [{ ...ids, attributes, flags: 1 }],
  status: { code: 2, message: 'm' },
};
const log = { timeUnixNano: now, severityNumber: 9, body: value, attributes, ...ids, eventName: 'x' };
const REQUESTS = {
  logs: { resourceLogs: [{ ...group, scopeLogs: [{ scope, logRecords: [log, {}] }] }] },
  traces: { resourceSpans: [{ ...group, scopeSpans: [{ scope, spans: [span, ids] }] }] },
};

function bodyOf(signal: Signal, encoding: MessageEncoding): Buffer {
  const request = REQUESTS[signal];
  return encoding === 'json'
    ? Buffer.from(JSON.stringify(request))
    : Buffer.from(encodeOtlp(signal === 'logs' ? 'ExportLogsServiceRequest' : 'ExportTraceServiceRequest', request));
}

/** Wraps bytes in a delimited field. */
function field(number: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = content.length;
  while (rest > 127) {
    length.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, rest]), content]);
}

const cases = SIGNALS.flatMap((signal) =>
  (['json', 'protobuf'] as const).map((encoding) => [signal, encoding] as const),
);

describe.each(cases)('%s in %s', (signal, encoding) => {
  const valid = bodyOf(signal, encoding);

  it('is valid as it is', () => {
    expect(outcome(signal, encoding, valid)).toBe('decoded');
  });

  it('cut off at every byte', () => {
    const outcomes = new Set<string>();
    for (let end = 1; end < valid.length; end += 1) {
      outcomes.add(outcome(signal, encoding, valid.subarray(0, end)));
    }
    expect([...outcomes]).toEqual([encoding === 'json' ? 'invalid-json' : 'invalid-protobuf']);
  });

  it('with every byte replaced', () => {
    for (let at = 0; at < valid.length; at += 1) {
      for (const byte of encoding === 'json' ? [0x22, 0x5d] : [0, 0x0b, 0x80]) {
        const body = Buffer.from(valid);
        body[at] = byte;
        outcome(signal, encoding, body);
      }
    }
  });

  it('any bytes, and some changed', () => {
    const mutated = fc
      .array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 })
      .map((changes) => {
        const body = Buffer.from(valid);
        for (const [at, byte] of changes) {
          body[at] = byte;
        }
        return body;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), { arbitrary: mutated, weight: 4 }), (body) => {
        outcome(signal, encoding, body);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('nesting', () => {
  const DEPTH = 30_000;

  it('of protocol buffers refuses the record', () => {
    let any = field(1, Buffer.from('x'));
    for (let level = 0; level < 3000; level += 1) {
      any = field(5, field(1, any));
    }
    const attribute = Buffer.concat([field(1, Buffer.from('k')), field(2, any)]);
    for (const record of [field(6, attribute), field(5, any)]) {
      const body = field(1, field(2, field(2, record)));
      expect(verifyOtlpLogs(body, 'protobuf', options)).toMatchObject({ total: 1, rejected: [{ code: 'invalid' }] });
      expect(outcome('logs', 'protobuf', body)).toBe('decoded');
    }
    const resource = field(1, Buffer.concat([field(1, field(1, attribute)), field(2, field(2, Buffer.alloc(0)))]));
    expect(outcome('logs', 'protobuf', resource)).toBe('decoded');
  });

  it.each([
    ['an array', '{"arrayValue":{"values":[', ']}}'],
    ['a map', '{"kvlistValue":{"values":[{"key":"a","value":', '}]}}'],
    ['what is none', '[{"a":', '}]'],
  ])('of JSON refuses the record, or is passed over: %s', (_, opener, closer) => {
    const deep = `${opener.repeat(DEPTH)}null${closer.repeat(DEPTH)}`;
    for (const record of [
      `{"attributes":[{"key":"a","value":${deep}}]}`,
      `{"body":${deep}}`,
      `{"unknown":${deep}}`,
      `{"traceId":${deep}}`,
      `{"flags":${deep},"timeUnixNano":1795348740123456789}`,
    ]) {
      const body = Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[${record}]}]}]}`);
      expect(outcome('logs', 'json', body)).toBe('decoded');
    }
    for (const body of [
      `{"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":${deep}}]},"scopeLogs":[{"logRecords":[{},{}]}]}]}`,
      `{"resourceLogs":[{"scopeLogs":[{"scope":${deep},"logRecords":[{},{}]}]}]}`,
    ]) {
      expect(outcome('logs', 'json', Buffer.from(body))).toBe('decoded');
    }
    expect(outcome('logs', 'json', Buffer.from(`{"resourceLogs":${deep}}`))).toMatch(/^(decoded|invalid-body)$/);
  });
});

describe('a small body that would become large', () => {
  it('of empty records is refused', () => {
    const body = field(1, field(2, Buffer.alloc(600_000, Buffer.from([0x12, 0]))));
    expect(outcome('logs', 'protobuf', body)).toBe('batch-too-large');
    expect(outcome('traces', 'protobuf', body)).toBe('batch-too-large');
    const json = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${'{},'.repeat(250_000)}{}]}]}]}`;
    expect(outcome('logs', 'json', Buffer.from(json))).toBe('batch-too-large');
  });

  it('of a large resource for many records is refused', () => {
    const stringValue = 'x'.repeat(60_000);
    const resource = { attributes: [{ key: 'a', value: { stringValue } }] };
    const request = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: Array(5000).fill({}) }] }] };
    expect(outcome('logs', 'protobuf', encodeOtlp('ExportLogsServiceRequest', request))).toBe('batch-too-large');
    expect(outcome('logs', 'json', Buffer.from(JSON.stringify(request)))).toBe('batch-too-large');
  });

  it('of a large resource for many scopes is refused', () => {
    const resource = { attributes: [{ key: 'a', value: { stringValue: 'x'.repeat(60_000) } }] };
    const request = { resourceLogs: [{ resource, scopeLogs: Array(5000).fill({ logRecords: [{}] }) }] };
    expect(outcome('logs', 'protobuf', encodeOtlp('ExportLogsServiceRequest', request))).toBe('batch-too-large');
    expect(outcome('logs', 'json', Buffer.from(JSON.stringify(request)))).toBe('batch-too-large');
  });

  it('of very many empty parts is refused', () => {
    const events = Buffer.alloc(18_000_000, Buffer.from([0x5a, 0]));
    expect(outcome('traces', 'protobuf', field(1, field(2, field(2, events))))).toBe('body-too-large');
  });
});

describe('protocol buffers of another version', () => {
  it('have their unknown fields passed over', () => {
    const unknown = Buffer.concat([
      Buffer.from([0xf8, 0x3f, 0x01]),
      field(15, Buffer.from('later')),
      Buffer.from([0xfd, 0x3f, 1, 2, 3, 4]),
    ]);
    const body = field(1, Buffer.concat([unknown, field(2, Buffer.concat([unknown, field(2, unknown), unknown]))]));
    expect(verifyOtlpLogs(body, 'protobuf', options)).toEqual({ total: 1, rejected: [] });
    expect(buildOtlpLogs(body, 'protobuf', options, [])).toHaveLength(1);
  });

  it('have the groups that scopes replaced', () => {
    const old = Buffer.concat([Buffer.from([0xc2, 0x3e]), field(0, field(2, Buffer.alloc(0))).subarray(1)]);
    expect(buildOtlpLogs(field(1, old), 'protobuf', options, [])).toHaveLength(1);
  });
});
