import type { JsonObject, LogView } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenizeLogQl } from '../query/logql-tokens.ts';
import { fieldFilter, isUnderList, logAsJson, logFields, scrubbedKinds } from './log-fields.ts';

function log(more: Partial<LogView>): LogView {
  return {
    id: 'b-1',
    timestamp: '2026-11-22T10:00:00.000000001Z',
    level: 'info',
    service: 'api',
    message: 'hello',
    attributes: {},
    resource: {},
    ...more,
  };
}

describe('logFields', () => {
  it('groups values under the names that people use', () => {
    const groups = logFields(
      log({
        traceId: 'abc',
        attributes: { 'http.method': 'GET', http: { status: 200, tags: ['a', 'b'] }, none: {} },
        resource: { 'k8s.pod': 'p-1' },
        geo: { city: 'Berlin' },
        userAgent: { browser: 'Firefox' },
      }),
    );
    expect(groups.map(({ title, fields }) => [title, fields.map(({ name, value }) => [name, value])])).toEqual([
      [
        'Log',
        [
          ['level', 'info'],
          ['service', 'api'],
          ['traceId', 'abc'],
        ],
      ],
      [
        'Attributes',
        [
          ['http.method', 'GET'],
          ['http.status', 200],
          ['http.tags', ['a', 'b']],
          ['none', {}],
        ],
      ],
      ['Resource', [['k8s.pod', 'p-1']]],
      ['Place', [['city', 'Berlin']]],
      ['Client', [['browser', 'Firefox']]],
    ]);
  });

  it('leaves a group without values out', () => {
    expect(logFields(log({})).map((group) => group.title)).toEqual(['Log']);
  });

  it('does not count what was scrubbed among what was sent', () => {
    const namesOf = (details: JsonObject) => logFields(log({ details }))[0]?.fields.map(({ name }) => name);
    expect(namesOf({ scrubbed: { email: 2 } })).toEqual(['level', 'service']);
    expect(namesOf({ scrubbed: { email: 2 }, flags: 1 })).toEqual(['level', 'service', 'details.flags']);
  });
});

describe('scrubbedKinds', () => {
  it('has the most frequent first', () => {
    const scrubbed = { card: 1, email: 2, 'custom:ticket': 3 };
    expect(scrubbedKinds(log({ details: { scrubbed } }))).toEqual([
      { kind: 'custom:ticket', count: 3 },
      { kind: 'email', count: 2 },
      { kind: 'card', count: 1 },
    ]);
  });

  it.each([undefined, {}, { scrubbed: 'yes' }, { scrubbed: { email: 'many' } }, { scrubbed: null }])(
    'has none for %j',
    (details) => {
      expect(scrubbedKinds(log(details === undefined ? {} : { details }))).toEqual([]);
    },
  );
});

describe('fieldFilter', () => {
  it.each([
    [['traceId'], 'abc', { label: 'trace_id', value: 'abc' }],
    [['attributes', 'http', 'status.code'], 200, { label: 'http_status_code', value: '200' }],
    [['geo', 'timeZone'], 'Europe/Berlin', { label: 'geo_time_zone', value: 'Europe/Berlin' }],
    [['userAgent', 'os'], 'iOS', { label: 'user_agent_os', value: 'iOS' }],
    [['resource', 'k8s.pod'], true, { label: 'k8s_pod', value: 'true' }],
  ])('%j', (path, value, wanted) => {
    expect(fieldFilter(path, value, false)).toEqual({ ...wanted, isParsed: path[0] === 'parsed' });
  });

  it.each([
    [['attributes', 'x'], null],
    [['attributes', 'x'], {}],
    [['attributes', 'x'], [1]],
    [['attributes', '9x'], 'starts with a digit'],
    [['message'], 'has its own filters'],
    [['attributes'], 'is no leaf'],
  ])('has none for %j with %j', (path, value) => {
    expect(fieldFilter(path, value, false)).toBeUndefined();
  });

  it('has none for the item of a list', () => {
    expect(fieldFilter(['attributes', 'x', '0'], 'a', true)).toBeUndefined();
    expect(isUnderList({ x: ['a'] }, ['x', '0'])).toBe(true);
    expect(isUnderList({ x: ['a'] }, ['x'])).toBe(false);
    expect(isUnderList({ x: [{ y: 1 }] }, ['x', '0', 'y'])).toBe(true);
  });

  it('always names a label that LogQL can spell', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (path) => {
        const filter = fieldFilter(['attributes', ...path], 'v', false);
        if (filter !== undefined) {
          expect(tokenizeLogQl(`{${filter.label}=`)[1]).toMatchObject({ kind: 'label', text: filter.label });
        }
      }),
    );
  });
});

it('gives the record back as the API sent it', () => {
  const attributes = { a: [1, { b: null }] } satisfies JsonObject;
  expect(logAsJson(log({ attributes }))).toMatchObject({ id: 'b-1', attributes });
});
