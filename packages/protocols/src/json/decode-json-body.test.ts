import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJsonBody } from './decode-json-body.ts';

/** What a body is refused with. */
function refusal(body: Uint8Array): Pick<AegisError, 'code' | 'detail' | 'members'> | undefined {
  try {
    decodeJsonBody(body);
    return undefined;
  } catch (error) {
    if (error instanceof AegisError) {
      const { code, detail, members } = error;
      return { code, detail, members };
    }
    throw error;
  }
}

describe('decodeJsonBody', () => {
  it('parses UTF-8, with and without a byte order mark', () => {
    expect(decodeJsonBody(Buffer.from('{"é":"😀"}')).value).toEqual({ é: '😀' });
    expect(decodeJsonBody(Buffer.from('\uFEFF{"é":"😀"}')).value).toEqual({ é: '😀' });
  });

  it('reads only the bytes of a view', () => {
    expect(decodeJsonBody(Buffer.from('xx[1]xx').subarray(2, 5)).value).toEqual([1]);
  });

  it('says that the body is empty', () => {
    const expected = { code: 'invalid-json', detail: 'The body is empty.', members: { position: 0 } };
    expect(refusal(new Uint8Array())).toEqual(expected);
    expect(refusal(Buffer.from('\uFEFF'))).toEqual(expected);
  });

  it('says where the syntax breaks', () => {
    expect(refusal(Buffer.from('{"logs":[\n  {"a":1},\n  oops\n]}'))).toEqual({
      code: 'invalid-json',
      detail: 'At character 23 (line 3, column 3): expected a value, found "o".',
      members: { position: 23 },
    });
  });

  it('recognizes UTF-16', () => {
    expect(refusal(Buffer.from('\uFEFF{"logs":[]}', 'utf16le'))?.detail).toContain('UTF-16');
  });

  it('says which byte is not UTF-8', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.toWellFormed())),
        // A lone continuation byte, an overlong form, a surrogate, a byte that never occurs.
        fc.constantFrom([0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff]),
        fc.string().map((text) => Buffer.from(text.toWellFormed())),
        (before, bad, after) => {
          expect(refusal(Buffer.concat([before, Uint8Array.from(bad), after]))?.members).toEqual({
            position: before.length,
          });
        },
      ),
    );
  });

  it('says that a character is cut off at the end', () => {
    expect(refusal(Buffer.from('"a😀').subarray(0, 4))?.members).toEqual({ position: 2 });
  });

  it('says on which line an error is after very many', () => {
    expect(refusal(Buffer.from(`${'\n'.repeat(1_000_000)} x`))).toEqual({
      code: 'invalid-json',
      detail: 'At character 1000001 (line 1000001, column 2): expected a value, found "x".',
      members: { position: 1_000_001 },
    });
  });

  it('does not look for an error that is very far on', () => {
    const far = ' '.repeat(8 * 1024 * 1024);
    const expected = { code: 'invalid-json', detail: 'The error is not in the first 8388602 characters.', members: {} };
    expect(refusal(Buffer.from(`${far}x`))).toEqual(expected);
    expect(refusal(Buffer.from(`1${far}x`))).toEqual(expected);
    expect(refusal(Buffer.from(`"${far}`))).toEqual(expected);
    expect(refusal(Buffer.from(`${far.slice(8)}"\\u0041"x`))).toEqual(expected);
    expect(refusal(Buffer.from(`${far.slice(3)}true, x`))).toEqual(expected);
    expect(refusal(Buffer.from(`oops${far}`))?.members).toEqual({ position: 0 });
  });

  it('refuses more values than it can parse in one go, and no fewer', () => {
    const limit = 1_500_000;
    const expected = {
      code: 'body-too-large',
      detail: `A body has at most ${limit} JSON values; commas and opening brackets are counted.`,
      members: { limit },
    };
    // One opening bracket, and a comma fewer than numbers.
    expect(refusal(Buffer.from(`[${'1,'.repeat(limit - 1)}1]`))).toBeUndefined();
    expect(refusal(Buffer.from(`[${'1,'.repeat(limit)}1]`))).toEqual(expected);
    expect(refusal(Buffer.from(`["${'[,{'.repeat(limit)}"]`))).toBeUndefined();
    expect(refusal(Buffer.from('['.repeat(2 * limit)))).toEqual(expected);
  });

  it('parses the most that a batch of logs may hold', () => {
    const attributes = Object.fromEntries(Array.from({ length: 512 }, (_, at) => [`k${at}`, at]));
    const log = JSON.stringify({
      service: 'a',
      message: 'b',
      attributes: { ...attributes, k0: [1, 2, 3] },
      resource: attributes,
    });
    expect(refusal(Buffer.from(`{"logs":[${`${log},`.repeat(999)}${log}]}`))).toBeUndefined();
  });
});
