import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNativeLogs } from '../testing/decode-native-logs.ts';
import { buildNativeLogs, verifyNativeLogs } from './native-logs.ts';

const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 30 };
const valid = Buffer.from(
  '{"logs":[{"service":"a","message":"é😀\\u00e9\\ud83d\\ude00\\n","timestamp":1.5e9,"level":-0.0e+1,"attributes":{"a":[true,false,null,{}],"b":{"c":""}}}]}',
);

/** `decoded`, or the code of the client error; anything else that happens is the test's failure. */
function outcome(body: Uint8Array): string {
  try {
    const { total, records, rejected } = decodeNativeLogs(body, options);
    expect(records.length + rejected.length).toBe(total);
    for (const record of records) {
      expect(Buffer.from(record.message).toString()).toBe(record.message);
      // What was built must be fit for any later JSON.stringify, however deep the input was.
      JSON.stringify([record.attributes, record.resource]);
    }
    expect(verifyNativeLogs(body, options)).toEqual({ total, rejected });
    buildNativeLogs(body, options, []);
    return 'decoded';
  } catch (error) {
    if (error instanceof AegisError && error.status >= 400 && error.status < 500) {
      expect(error.detail).toBeDefined();
      expect(error.detail?.length).toBeLessThan(200);
      return error.code;
    }
    throw error;
  }
}

function log(members: string): Buffer {
  return Buffer.from(`{"logs":[{"service":"a","message":"b",${members}}]}`);
}

// Several times what overflows the stack of a recursive walk.
const DEPTH = 30_000;
const openers = ['[', '{"a":', '[{"a":', '{"":['];

describe('hostile bodies', () => {
  it('the valid one is valid', () => {
    expect(outcome(valid)).toBe('decoded');
  });

  it('truncated at every byte', () => {
    for (let end = 0; end < valid.length; end += 1) {
      expect(outcome(valid.subarray(0, end))).toBe('invalid-json');
    }
  });

  it('with every byte replaced', () => {
    for (let at = 0; at < valid.length; at += 1) {
      for (const byte of [0, 0x22, 0x2c, 0x5c, 0x7b, 0x5d, 0x80, 0xc0, 0xed, 0xff]) {
        const body = Buffer.from(valid);
        body[at] = byte;
        outcome(body);
      }
    }
  });

  it.each(openers)('nested very deep with %s', (opener) => {
    const closer = opener
      .replaceAll(/[^[{]/g, '')
      .replaceAll('{', '}')
      .replaceAll('[', ']')
      .split('')
      .reverse()
      .join('');
    expect(outcome(Buffer.from(opener.repeat(DEPTH)))).toBe('invalid-json');
    const value = opener.repeat(DEPTH) + (opener.endsWith(':') ? '1' : '') + closer.repeat(DEPTH);
    expect(outcome(Buffer.from(value))).toBe('invalid-body');
    expect(outcome(Buffer.from(`{"logs":${value}}`))).toMatch(/^(decoded|invalid-body)$/);
    for (const field of [
      'attributes',
      'resource',
      'message',
      'level',
      'timestamp',
      'traceId',
      'scope',
      'unknown',
      '__proto__',
    ]) {
      expect(outcome(log(`"${field}":${value}`))).toBe('decoded');
    }
  });

  it.each([
    ['NaN', '"timestamp":NaN'],
    ['Infinity', '"timestamp":-Infinity'],
    ['hexadecimal', '"a":0x1'],
    ['a leading zero', '"a":01'],
    ['a leading plus', '"a":+1'],
    ['a bare point', '"a":.5'],
    ['a line comment', '"a":1 // no'],
    ['a block comment', '"a":1 /* no */'],
    ['a trailing comma', '"a":1,'],
    ['single quotes', "'a':1"],
    ['a bare name', 'a:1'],
    ['a bare value', '"a":undefined'],
    ['a raw control character', '"a":"\u0001"'],
    ['a raw line break in a text', '"a":"\n"'],
    ['an unknown escape', '"a":"\\x"'],
    ['an unfinished escape', '"a":"\\u12"'],
    ['a blank that is none in JSON', '"a":\u00a01'],
    ['two values', '"a":1 2'],
  ])('%s is not JSON', (_, members) => {
    expect(outcome(log(members))).toBe('invalid-json');
  });

  it.each([
    ['a number beyond the doubles', '"attributes":{"a":1e400,"b":-1e400},"timestamp":1e400,"level":1e400,"host":1e400'],
    ['a number of very many digits', `"attributes":{"a":${'9'.repeat(100_000)}},"timestamp":${'9'.repeat(100_000)}`],
    [
      'a number of very many digits where times are looked for',
      `"timestamp":1e20,"a":{"timestamp":${'9'.repeat(10_000_000)}}`,
    ],
    ['a fraction of very many digits', `"timestamp":"2026-11-22T11:00:00.${'9'.repeat(100_000)}Z"`],
    ['a Unix time of very many digits', `"timestamp":"${'1'.repeat(100_000)}"`],
    ['repeated members', '"service":1,"service":"x","attributes":1,"attributes":{"a":1,"a":2}'],
    [
      'lone surrogates everywhere',
      '"\\ud800":"\\udfff","host":"\\ud800","traceId":"\\udc00","attributes":{"\\ud800":["\\udbff"]}',
    ],
    ['NUL everywhere', '"\\u0000":"\\u0000","host":"\\u0000","attributes":{"\\u0000":"\\u0000"}'],
    ['an empty name', '"":1,"attributes":{"":{"":1}}'],
    [
      'names of prototypes',
      '"__proto__":null,"constructor":{"prototype":1},"hasOwnProperty":1,"toString":2,"valueOf":3,"then":4,"toJSON":5',
    ],
    ['methods as attributes', '"attributes":{"toJSON":"x","hasOwnProperty":1,"length":-1,"then":{}}'],
    ['very many attributes', `"attributes":{${Array.from({ length: 50_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`],
    ['very many empty objects', `"attributes":{${Array.from({ length: 50_000 }, (_, i) => `"k${i}":{}`).join(',')}}`],
    ['a very long name', `"${'k'.repeat(300_000)}":1`],
  ])('%s is data', (_, members) => {
    expect(outcome(log(members))).toBe('decoded');
  });

  it.each([
    ['UTF-16 little endian', Buffer.from('{"logs":[]}', 'utf16le')],
    ['UTF-16 with a mark', Buffer.from('\uFEFF{"logs":[]}', 'utf16le')],
    ['UTF-16 big endian', Buffer.from('\uFEFF{"logs":[]}', 'utf16le').swap16()],
    ['Latin-1', Buffer.from('{"logs":[{"service":"é"}]}', 'latin1')],
    ['an overlong quote', Buffer.concat([Buffer.from('{"logs":'), Buffer.from([0xc0, 0xa2])])],
    ['a surrogate in UTF-8', Buffer.concat([Buffer.from('"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"')])],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ['nothing', new Uint8Array()],
    ['two byte order marks', Buffer.from('\uFEFF\uFEFF{"logs":[]}')],
    ['blanks', Buffer.from(' \n\t ')],
  ])('%s is not JSON', (_, body) => {
    expect(outcome(body)).toBe('invalid-json');
  });

  it('any bytes, and any JSON with some bytes changed', () => {
    const mutated = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.nat())
      .map(([json, bytes, at]) => {
        const body = Buffer.from(`{"logs":[{"service":"a","message":"b","attributes":${json}}]}`);
        body.set(bytes, at % (body.length - 4));
        return body;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), mutated), (body) => {
        outcome(body);
      }),
      { numRuns: 3000 },
    );
  });
});
