import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfRow, RowSplitter } from './row-splitter.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A text cut at places. */
function cut(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const places = [0, ...at.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

const cells = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '😀', '\r') });
const csvRow = fc
  .array(cells, { minLength: 2, maxLength: 4 })
  .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));

describe('rows of a stream', () => {
  it('are whole, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(csvRow, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (rows, at) => {
          const splitter = new RowSplitter('csv');
          const text = `${rows.join('\n')}\n`;
          const came: string[] = [];
          for (const chunk of cut(encode(text), at)) {
            const whole = splitter.push(chunk);
            came.push(decode(whole));
            expect(whole.length === 0 || decode(whole).endsWith('\n')).toBe(true);
          }
          expect(came.join('')).toBe(text);
          expect(splitter.rows).toBe(rows.length);
          expect(splitter.lastRow).toBe(rows.at(-1));
        },
      ),
    );
  });

  it('leave the half of one out', () => {
    const splitter = new RowSplitter('ndjson');
    expect(decode(splitter.push(encode('{"a":1}\n{"a":2}\n{"a"')))).toBe('{"a":1}\n{"a":2}\n');
    expect(splitter.lastRow).toBe('{"a":2}');
    expect(decode(splitter.push(encode(':"\\"3')))).toBe('');
    expect(splitter.rows).toBe(2);
    expect(decode(splitter.end())).toBe('{"a":"\\"3\n');
    expect(splitter.rows).toBe(3);
    expect(splitter.end()).toHaveLength(0);
  });
});

describe('the place of a row', () => {
  it.each([
    ['csv', '2026-11-27T10:00:00Z,id-1,info,a', { timestamp: '2026-11-27T10:00:00Z', id: 'id-1' }],
    ['csv', '"2026","a""b"', { timestamp: '2026', id: 'a"b' }],
    ['csv', 'timestamp,id,level,service,message', undefined],
    ['csv', 'one', undefined],
    ['ndjson', '{"timestamp":"t","id":"i","x":1}', { timestamp: 't', id: 'i' }],
    ['ndjson', '{"timestamp":1}', undefined],
    ['ndjson', '{"timest', undefined],
  ] as const)('%s: %s', (format, row, wanted) => {
    expect(placeOfRow(format, row)).toEqual(wanted);
  });
});
