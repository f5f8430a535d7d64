import type { JsonObject, JsonValue } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  at,
  insert,
  newOrg,
  readAll,
  type StorageUnderTest,
  shareOf,
  storedLogs,
  testBatch,
} from './storage-under-test.ts';

const json = JSON.parse as (text: string) => JsonObject;

/** Attributes that stores are known to alter. */
const ATTRIBUTES: readonly (readonly [name: string, attributes: JsonObject])[] = [
  ['none', {}],
  ['nested', { http: { request: { method: 'GET', headers: { accept: ['*/*', 'text/html'] } } }, ok: true }],
  ['dotted keys beside nested ones', { 'a.b': 1, a: { b: 2, 'b.c': 3 }, a_b: 4 }],
  ['numbers', { zero: 0, minus: -0, tiny: 5e-324, huge: 1.7976931348623157e308, exact: 9007199254740991, tenth: 0.1 }],
  ['number-like texts', { int: '007', float: '1.0', date: '2026-11-20', time: '2026-11-20T10:00:00Z', nan: 'NaN' }],
  ['mixed arrays', { list: [1, 'one', null, true, { a: [] }, [[]], 1.5] }],
  ['nulls and empties', { nothing: null, object: {}, inner: { nothing: null }, array: [], text: '' }],
  ['prototype keys', json('{"__proto__":{"polluted":1},"constructor":"c","toString":"t","hasOwnProperty":1}')],
  ['integer keys', { 10: 'ten', 2: 'two', '-1': 'minus', '1xx': { '200': 5 } }],
  ['empty keys', { '': 'empty', a: { '': { '': 1 } } }],
  ['odd keys', { 'a b': 1, 'a=b': 2, "it's": 3, ключ: 4, '🔑': 5, 'back\\slash': 6, 'new\nline': 7, 'nul\0': 8 }],
  ['long values', { text: 'x'.repeat(65_536), wide: 'é'.repeat(32_768), other: '🦊'.repeat(16_384) }],
  ['control characters', { all: Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('') }],
  ['lone surrogates', { high: 'a\ud800b', low: '\udc00', 'key\ud800': 1, list: ['\ud800'] }],
  [
    'facets and labels of one name',
    { status: '200', id: '1234567', statusId: 'a'.repeat(41), equals: 'a=b', 'a=b': '=' },
  ],
];

/** What is written is read back. */
export function roundTripCases(store: StorageUnderTest): void {
  describe('reads back what was written', () => {
    it('every field', async () => {
      const org = newOrg();
      const batch = testBatch([
        {
          timestamp: at(1, 123_456_789),
          level: 'fatal',
          severityNumber: 24,
          severityText: 'Fatal!',
          service: 'pay ments/é',
          message: 'first line\nsecond\tline \\ \' " % _ {} 🦊',
          host: 'node-1',
          env: 'prod',
          version: '1.2.3-rc.1+b',
          traceId: '0af7651916cd43dd8448eb211c80319c',
          spanId: 'b7ad6b7169203331',
          scopeName: 'io.scope',
          scopeVersion: '2',
          attributes: { a: 1 },
          resource: { 'service.namespace': 'shop' },
          details: { flags: 1, observedTimestamp: '2026-11-20T10:00:00.000000001Z', scope: { attributes: { a: 2 } } },
          ingestId: 'client-1',
          truncated: true,
          index: 70_000,
        },
        { timestamp: at(2), message: '', service: '', severityText: '', severityNumber: 0, level: 'trace', index: 1 },
      ]);
      await insert(store, org, batch);
      expect(await readAll(store, org)).toStrictEqual(storedLogs(batch));
    });

    it.each(ATTRIBUTES)('attributes and resource: %s', async (_, attributes) => {
      const org = newOrg();
      const batch = testBatch([{ attributes, resource: attributes }, { attributes }, { resource: attributes }]);
      await insert(store, org, batch);
      expect(await readAll(store, org)).toStrictEqual(storedLogs(batch));
    });

    it('any JSON object', async () => {
      const value = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
        value: fc.oneof(
          { depthSize: 'small' },
          fc.constant(null),
          fc.boolean(),
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('GET', '200', 'u-12345', '1.5'),
          fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 3 }),
          tie('object'),
        ),
        object: fc.dictionary(
          fc.oneof(fc.constantFrom('a', 'b', 'a.b', 'a_b', '__proto__'), fc.string()),
          tie('value'),
          {
            maxKeys: 5,
          },
        ),
      })).object;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ attributes: value, resource: value, details: value }), { minLength: 1 }),
          async (records) => {
            const org = newOrg();
            const batch = testBatch(records.map((record) => JSON.parse(JSON.stringify(record))));
            await insert(store, org, batch);
            expect(await readAll(store, org)).toStrictEqual(storedLogs(batch));
          },
        ),
        { numRuns: shareOf(store, 30) },
      );
    });

    const { naughtyStrings } = store;
    it.skipIf(naughtyStrings === undefined)(
      `every string that is known to break programs${naughtyStrings === undefined ? ' (the corpus is not there)' : ''}`,
      async () => {
        const org = newOrg();
        const batch = testBatch(
          (naughtyStrings ?? []).map((text) => ({
            message: text,
            service: text,
            host: text,
            traceId: text,
            attributes: { text, [text]: 1, nested: { [text]: [text] } },
            resource: { [text]: text },
          })),
        );
        await insert(store, org, batch);
        const read = await readAll(store, org);
        expect(read).toHaveLength(batch.records.length);
        expect(read).toStrictEqual(storedLogs(batch));
      },
    );

    it('a message of 1 MiB', async () => {
      const org = newOrg();
      const batch = testBatch([{ message: 'm'.repeat(1_048_576) }, { message: '✓'.repeat(349_525) }]);
      await insert(store, org, batch);
      expect(await readAll(store, org)).toStrictEqual(storedLogs(batch));
    });

    it('the earliest and latest times', async () => {
      const org = newOrg();
      const batch = testBatch([
        { timestamp: at(-86_399) },
        { timestamp: at(0, 1) },
        { timestamp: at(86_399, 999_999_999) },
      ]);
      await insert(store, org, batch);
      expect(await readAll(store, org)).toStrictEqual(storedLogs(batch));
    });

    it('groups of several organizations, an empty batch among them', async () => {
      const orgs = [newOrg(), newOrg()] as const;
      const batches = [
        testBatch([{ message: 'a' }]),
        testBatch([]),
        testBatch([{ message: 'b' }, { message: 'c' }]),
      ] as const;
      await insert(store, orgs[0], batches[0], batches[1]);
      await insert(store, orgs[1], batches[2]);
      await insert(store, orgs[1]);
      expect(await readAll(store, orgs[0])).toStrictEqual(storedLogs(batches[0]));
      expect(await readAll(store, orgs[1])).toStrictEqual(storedLogs(batches[2]));
    });

    it('nested objects by hundreds of levels and attributes by thousands', async () => {
      const org = newOrg();
      let deep: JsonObject = { end: true };
      for (let level = 0; level < 200; level += 1) {
        deep = { d: deep };
      }
      const wide = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`key ${n}`, n]));
      const batch = testBatch([{ attributes: deep }, { attributes: wide }]);
      await insert(store, org, batch);
      expect(await readAll(store, org)).toStrictEqual(storedLogs(batch));
    });
  });
}
