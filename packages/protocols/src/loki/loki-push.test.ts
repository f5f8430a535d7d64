import { type LogRecord, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageEncoding } from '../records/verdict.ts';
import { encodeLokiJson, encodeLokiProtobuf, type PlainEntry, type PlainPush } from '../testing/encode-loki-push.ts';
import { buildLokiPush, verifyLokiPush } from './loki-push.ts';

const NOW = unixNanos(1_795_000_000_123_456_789n);
const options = { receivedAtMs: 1_795_000_000_124, retentionDays: 30 };
const ENCODINGS: readonly MessageEncoding[] = ['json', 'protobuf'];
const DAY = 86_400_000_000_000n;

const write = (encoding: MessageEncoding, push: PlainPush) =>
  encoding === 'json' ? encodeLokiJson(push) : encodeLokiProtobuf(push);

/** Both halves, one after the other. */
function take(encoding: MessageEncoding, push: PlainPush) {
  const body = write(encoding, push);
  const verdict = verifyLokiPush(body, encoding, options);
  const indexes = verdict.rejected.map(({ index }) => index);
  return { ...verdict, records: buildLokiPush(body, encoding, options, indexes) };
}

function one(encoding: MessageEncoding, labels: Record<string, string>, metadata?: Record<string, string>): LogRecord {
  const { records } = take(encoding, {
    streams: [{ labels, entries: [{ nanos: NOW, line: 'a line', ...(metadata && { metadata }) }] }],
  });
  expect(records).toHaveLength(1);
  return records[0] as LogRecord;
}

describe.each(ENCODINGS)('a push as %s', (encoding) => {
  it('becomes records with everything in its place', () => {
    const labels = { app: 'shop', namespace: 'prod', 'k8s.pod': 'p-1', level: 'warn', host: 'n1', environment: 'live' };
    const metadata = {
      trace_id: '0AF7651916CD43DD8448EB211C80319C',
      span_id: 'b7ad6b7169203331',
      user: 'ann',
      empty: '',
    };
    expect(one(encoding, labels, metadata)).toEqual({
      timestamp: NOW,
      level: 'info',
      severityNumber: 0,
      severityText: 'warn',
      service: 'shop',
      message: 'a line',
      host: 'n1',
      env: 'live',
      version: '',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      scopeName: '',
      scopeVersion: '',
      attributes: metadata,
      resource: labels,
      details: { pushedMetadata: Object.keys(metadata).length },
      ingestId: '',
      geo: {},
      userAgent: {},
      truncated: false,
      index: 0,
    });
  });

  it.each([
    [{ job: 'j', app: 'a', service: 's', service_name: 'n' }, 'n'],
    [{ job: 'j', app: 'a', service: 's' }, 's'],
    [{ job: 'j', container: 'c', name: 'm' }, 'm'],
    [{ job: 'j', component: 'c' }, 'c'],
    [{ job: 'j', service: '' }, 'j'],
    [{ other: 'o' }, 'unknown_service'],
    [{}, 'unknown_service'],
  ])('finds the service among the labels %j', (labels, service) => {
    expect(one(encoding, labels as Record<string, string>).service).toBe(service);
  });

  it('finds level, ids, host, environment and version where agents put them', () => {
    expect(one(encoding, { severity: 'ERROR' }, { level: 'info' }).severityText).toBe('ERROR');
    expect(one(encoding, { a: 'b' }, { detected_level: 'debug' }).severityText).toBe('debug');
    expect(one(encoding, { traceID: 'ab'.repeat(16), spanID: 'cd'.repeat(8) })).toMatchObject({
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
    });
    expect(one(encoding, { trace_id: 'ab'.repeat(16) }, { trace_id: 'ef'.repeat(8) }).traceId).toBe('ef'.repeat(8));
    const none = one(encoding, { trace_id: 'no id' }, { span_id: '123' });
    expect(none).toMatchObject({
      traceId: '',
      spanId: '',
      attributes: { span_id: '123' },
      resource: { trace_id: 'no id' },
    });
    expect(one(encoding, { hostname: 'h', deployment_environment: 'e', service_version: '2' })).toMatchObject({
      host: 'h',
      env: 'e',
      version: '2',
    });
    expect(one(encoding, { instance: 'i' }).host).toBe('i');
  });

  it('counts entries over all streams, and refuses them one by one', () => {
    const old: PlainEntry = { nanos: NOW - 31n * DAY, line: 'old' };
    const fine: PlainEntry = { nanos: NOW - 29n * DAY, line: 'fine' };
    const crowded = { ...fine, metadata: Object.fromEntries(Array.from({ length: 513 }, (_, at) => [`m${at}`, ''])) };
    const { total, rejected, records } = take(encoding, {
      streams: [
        { labels: { app: 'a' }, entries: [fine, old] },
        { labels: { app: 'b' }, entries: [] },
        { labels: { '': 'no name' }, entries: [fine, fine] },
        { labels: { app: 'c' }, entries: [old, crowded, fine] },
      ],
    });
    expect(total).toBe(7);
    expect(rejected.map(({ index, code, path }) => [index, code, path])).toEqual([
      [1, 'too-old', '/timestamp'],
      [2, 'invalid', '/stream'],
      [3, 'invalid', '/stream'],
      [4, 'too-old', '/timestamp'],
      [5, 'too-many-attributes', '/structuredMetadata'],
    ]);
    expect(records.map(({ index, service }) => [index, service])).toEqual([
      [0, 'a'],
      [6, 'c'],
    ]);
  });

  it('has limits for labels', () => {
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`l${at}`, 'v']));
    const streams = [many, { ['n'.repeat(1025)]: 'v' }, { n: 'v'.repeat(8193) }].map((labels) => ({
      labels,
      entries: [{ nanos: NOW, line: '' }],
    }));
    expect(take(encoding, { streams }).rejected.map(({ code }) => code)).toEqual([
      'too-many-labels',
      'label-name-too-long',
      'label-value-too-long',
    ]);
  });

  it('cuts long lines and long metadata, and says so on that record only', () => {
    const { records } = take(encoding, {
      streams: [
        {
          labels: { app: 'a' },
          entries: [
            { nanos: NOW, line: 'é'.repeat(600_000) },
            { nanos: NOW, line: 'short' },
            { nanos: NOW, line: '', metadata: { long: 'x'.repeat(70_000) } },
          ],
        },
      ],
    });
    expect(records.map(({ truncated }) => truncated)).toEqual([true, false, true]);
    expect(records[0]?.message).toBe('é'.repeat(524_288));
    expect(records[2]?.attributes.long).toBe('x'.repeat(65_536));
  });

  it('keeps a time that lies too far ahead', () => {
    const nanos = 4_102_444_800_000_000_001n;
    const [record] = take(encoding, { streams: [{ labels: {}, entries: [{ nanos, line: '' }] }] }).records;
    expect(record?.timestamp).toBe(unixNanos(BigInt(options.receivedAtMs) * 1_000_000n));
    expect(record?.attributes).toEqual({ 'aegis.original_timestamp': '2100-01-01T00:00:00.000000001Z' });
  });

  it('may be empty', () => {
    expect(take(encoding, { streams: [] })).toEqual({ total: 0, rejected: [], records: [] });
    expect(take(encoding, { streams: [{ labels: {}, entries: [] }] }).total).toBe(0);
  });

  it('gives each record a resource of its own', () => {
    const entries = [NOW, NOW].map((nanos) => ({ nanos, line: '' }));
    const { records } = take(encoding, { streams: [{ labels: { app: 'a' }, entries }] });
    (records[0] as LogRecord).resource.app = 'changed';
    expect(records[1]?.resource).toEqual({ app: 'a' });
  });

  it('may not come to more entries, or to more labels, than we can store', () => {
    const empty = Array.from({ length: 250_001 }, () => ({ nanos: NOW, line: '' }));
    const tooMany = write(encoding, { streams: [{ labels: {}, entries: empty }] });
    expect(() => verifyLokiPush(tooMany, encoding, options)).toThrow(
      expect.objectContaining({ code: 'batch-too-large' }),
    );
    const labels = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`l${at}`, 'v'.repeat(8000)]));
    const blown = write(encoding, { streams: [{ labels, entries: empty.slice(0, 300) }] });
    expect(() => verifyLokiPush(blown, encoding, options)).toThrow(
      expect.objectContaining({ code: 'batch-too-large' }),
    );
  });
});

describe('the two forms and the two halves', () => {
  const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength }).map((some) => some.toWellFormed());
  const texts = (maxKeys: number) =>
    fc
      .uniqueArray(fc.tuple(fc.oneof(text(6), fc.constantFrom('app', 'level', 'trace_id', '__proto__')), text(12)), {
        maxLength: maxKeys,
        selector: ([name]) => name,
      })
      .map((pairs) => {
        const object: Record<string, string> = {};
        for (const [name, value] of pairs) {
          Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
        }
        return object;
      });
  const nanos = fc.oneof(
    fc.bigInt({ min: NOW - 40n * DAY, max: NOW + 2n * DAY }),
    fc.bigInt({ min: -1_000_000_000_000n, max: 9_223_372_036_854_775_807n }),
  );
  const entry = fc.record({ nanos, line: text(40), metadata: texts(4) });
  const push: fc.Arbitrary<PlainPush> = fc.record({
    streams: fc.array(fc.record({ labels: texts(4), entries: fc.array(entry, { maxLength: 5 }) }), { maxLength: 5 }),
  });

  it('say the same of whatever both can say', () => {
    fc.assert(
      fc.property(push, (some) => {
        const json = take('json', some);
        const { records, total, rejected } = take('protobuf', some);
        expect(rejected).toEqual(json.rejected);
        expect(total).toBe(json.total);
        // In order of index: V8 puts names that are numbers first in objects, which is not what is compared here.
        expect(records).toEqual(json.records);
        expect(records.length + rejected.length).toBe(total);
      }),
    );
  });

  it('accept what lies in the window, and nothing else', () => {
    fc.assert(
      fc.property(push, (some) => {
        const entries = some.streams.flatMap(({ labels, entries }) =>
          entries.map((each) => ({ ...each, isNamed: !Object.hasOwn(labels, '') })),
        );
        const { rejected, records } = take('json', some);
        const oldest = BigInt(options.receivedAtMs) * 1_000_000n - 30n * DAY;
        const refused = entries.flatMap(({ nanos, isNamed }, index) => (isNamed && nanos >= oldest ? [] : [index]));
        expect(rejected.map(({ index }) => index)).toEqual(refused);
        expect(records.map(({ message }) => message)).toEqual(
          entries.filter((_, index) => !refused.includes(index)).map(({ line }) => line),
        );
      }),
    );
  });
});
