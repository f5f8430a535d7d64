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
});
