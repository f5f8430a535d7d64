import type { JsonObject } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { liftMessage } from './lift-message.ts';

function lift(message: string, attributes: JsonObject = {}): JsonObject {
  const record = sampleRecord({ message, attributes });
  liftMessage.apply(record, sampleContext);
  expect(record.message).toBe(message);
  return record.attributes;
}

describe('a message of JSON', () => {
  it.each([
    ['{"a":1,"b":"x","c":true,"d":[1,2],"e":{"f":1.5}}', { a: 1, b: 'x', c: true, d: [1, 2], e: { f: 1.5 } }],
    ['  {"a":1}\n', { a: 1 }],
    ['{ "a" : null, "b" : 2 }', { b: 2 }],
    ['{"a":1e999}', { a: 'Infinity' }],
    ['{"a\\ud800":"\\udfff","b":{"c":["\\ud800"]}}', { 'a\ufffd': '\ufffd', b: { c: ['\ufffd'] } }],
  ])('%j', (message, attributes) => {
    expect(lift(message)).toEqual(attributes);
  });

  it.each(['{}', '{not json}', '{"a":1', '{"a":1} trailing', '[1,2]', '"text"', '{', '}', '{{', '', ' '])(
    'is none: %j',
    (message) => {
      expect(lift(message)).toEqual({});
    },
  );

  it('does not overwrite what was sent', () => {
    expect(lift('{"a":1,"b":2}', { a: 'sent' })).toEqual({ a: 'sent', b: 2 });
  });

  it('takes members of any name', () => {
    const attributes = lift('{"__proto__":{"x":1},"constructor":2,"toString":3}');
    expect(Object.entries(attributes)).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2],
      ['toString', 3],
    ]);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });

  it('adds all or nothing, at most 512 attributes in all', () => {
    const members = (count: number): JsonObject =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
    expect(Object.keys(lift(JSON.stringify({ in: members(511) }), { sent: 1 }))).toHaveLength(2);
    expect(lift(JSON.stringify({ in: members(512) }), { sent: 1 })).toEqual({ sent: 1 });
  });

  it('does not lift what is nested deeper than attributes may be, or longer than one may be', () => {
    expect(lift(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)).toEqual({});
    expect(lift(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)).toEqual({});
    expect(lift(`{"a":${'['.repeat(50)}${']'.repeat(50)}}`)).toEqual({});
    expect(lift(JSON.stringify({ a: 'x'.repeat(70_000) }))).toEqual({});
    expect(lift(JSON.stringify({ a: '語'.repeat(30_000) }))).toEqual({});
    expect(Object.keys(lift(JSON.stringify({ a: 'x'.repeat(60_000) })))).toEqual(['a']);
  });
});

describe('a message of logfmt', () => {
  it.each([
    ['level=info msg="it works" n=5', { level: 'info', msg: 'it works', n: 5 }],
    ['a="x \\"y\\" \\n \\u0041 \\\\" b=\'c d\'', { a: 'x "y" \n A \\', b: 'c d' }],
    ['f=1.5 g=-3 t=true u=false', { f: 1.5, g: -3, t: true, u: false }],
    // What is not printed as it stands is text: leading zeros, versions, numbers beyond the doubles.
    ['id=007 v=1.10 big=12345678901234567890 e=1e5', { id: '007', v: '1.10', big: '12345678901234567890', e: '1e5' }],
    ['a=1, b=2; c=3', { a: 1, b: 2, c: 3 }],
    ['empty= last=""', { empty: '', last: '' }],
    ['a=1 a=2 b=3', { a: 1, b: 3 }],
    [
      'http.status=200 user-id=u1 @t=x k8s.io/name=y',
      { 'http.status': 200, 'user-id': 'u1', '@t': 'x', 'k8s.io/name': 'y' },
    ],
    ['debug a=1 b=2', { a: 1, b: 2 }],
    [
      'I1126 14:03:05.123456       1 status.go:116] "Updated" pod="kube-system/dns" status="ready"',
      { pod: 'kube-system/dns', status: 'ready' },
    ],
    ['user logged in user_id=5 ip=10.0.0.1 took=3ms', { user_id: 5, ip: '10.0.0.1', took: '3ms' }],
    ['a="unclosed b=1 c=2', { a: '"unclosed', b: 1, c: 2 }],
  ])('%j', (message, attributes) => {
    expect(lift(message)).toEqual(attributes);
  });

  it.each([
    'it works',
    'a=b',
    'the answer is a=b, which we knew, and c=d was the other one that nobody had asked us for',
    'GET /search?q=a&b=c HTTP/1.1 200 12ms 0 x=1',
    '10.0.0.1 - - [26/Nov/2026:14:03:05 +0000] "GET /a?b=c&d=e HTTP/1.1" 200 17 "-" "curl/8"',
    'dGhpcyBpcyBiYXNlNjQ==',
    '== a == b ==',
    '=',
    'if (a==b && c==d) return',
    '<img src=x alt="y">',
    'sent <a href="x" class="y" id="z">z</a>',
  ])('is none: %j', (message) => {
    expect(lift(message)).toEqual({});
  });
});

describe('fields', () => {
  it.each([
    ['{"hostname":"web-1","logger":"http"}', { host: 'web-1', scopeName: 'http' }],
    [
      '{"host":{"name":"web-1"},"log":{"logger":"http"},"service":{"name":"pay"}}',
      { host: 'web-1', scopeName: 'http', service: 'pay' },
    ],
    ['{"version":"1.1","host":"web-1","short_message":"x"}', { host: 'web-1' }],
    ['{"service.name":"pay","host":"www.example.com"}', { service: 'pay', host: '' }],
  ])('that are empty are filled: %s', (message, fields) => {
    const record = sampleRecord({ message, service: 'unknown_service:node' });
    liftMessage.apply(record, sampleContext);
    expect(record).toMatchObject(fields);
  });

  it('that were sent stay', () => {
    const sent = { service: 'checkout', host: 'web-9', scopeName: 'mine' };
    const record = sampleRecord({ ...sent, message: '{"service":"x","hostname":"y","logger":"z"}' });
    liftMessage.apply(record, sampleContext);
    expect(record).toMatchObject(sent);
  });
});

describe('properties', () => {
  it('lifts any object, and leaves what was sent', () => {
    const small = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
      minKeys: 1,
      maxKeys: 8,
    });
    fc.assert(
      fc.property(small, small, (members, sent) => {
        const attributes = lift(JSON.stringify(members), { ...sent });
        expect(attributes).toEqual({ ...members, ...sent });
      }),
    );
  });

  it.each([
    'Cookie: id=plum123456; theme=dark',
    'GET /x Set-Cookie: id=plum123456; Path=/; Max-Age=60',
    'Authorization: Digest username="ann", realm="x", response="plum123456"',
    'proxy-authorization=AWS4-HMAC-SHA256 Credential=a/b, Signature=plum123456',
  ])('lifts no pairs out of a header that is secret as a whole: %s', (message) => {
    const record = sampleRecord({ message });
    liftMessage.apply(record, sampleContext);
    expect(record.attributes).toEqual({});
  });

  it('never throws', () => {
    const parts = fc.constantFrom('{', '}', '"', '\\', '=', ' ', 'a', '1', "'", ',', '\\u', '\ud800', '\0', ':');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), fc.string({ unit: 'binary' }), (pieces, text) => {
        lift(pieces.join(''));
        lift(`{${text}}`);
        lift(`a=${text} b=${text}`);
      }),
    );
  });
});
