import { describe, expect, it } from 'vitest';
import { outlineOf } from '../testing/outlines.ts';
import { findRows, joinedRows, nextMatch } from './find-rows.ts';
import { traceModel } from './trace-model.ts';

const model = traceModel(
  outlineOf([
    { depth: 0, start: 0, duration: 9, service: 'shop', name: 'GET /cart' },
    { depth: 1, start: 1, duration: 2, service: 'cart', name: 'SELECT' },
    { depth: 1, start: 3, duration: 2, service: 'stock', name: 'select item' },
  ]),
);

describe('searching a trace', () => {
  it.each([
    ['select', [1, 2]],
    [' CART ', [0, 1]],
    ['00000003', [2]],
    ['', []],
    ['nowhere', []],
  ])('%j is found in rows %j', (text, rows) => {
    expect([...findRows(model, text)]).toEqual(rows);
  });

  it('takes in what the server found, each row once and in order', () => {
    const ids = ['0000000000000003', '0000000000000001', '00000000000000aa'];
    expect([...joinedRows(model, findRows(model, 'shop'), ids)]).toEqual([0, 2]);
  });

  it('goes from match to match and round the ends', () => {
    const matches = Int32Array.of(1, 4);
    expect([undefined, 0, 1, 2, 4].map((row) => nextMatch(matches, row, 1))).toEqual([1, 1, 4, 4, 1]);
    expect([undefined, 0, 1, 2, 4].map((row) => nextMatch(matches, row, -1))).toEqual([4, 4, 4, 1, 1]);
    expect(nextMatch(new Int32Array(), 3, 1)).toBeUndefined();
  });
});
