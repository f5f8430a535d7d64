import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Labels } from './metric-batch.ts';
import { normalizeLabels } from './normalize-labels.ts';
import { metricId, seriesId, seriesOf } from './series-id.ts';

/** The definition, slowly. */
function slowId(labels: Labels): bigint {
  const end = Buffer.from([0xff]);
  const bytes = labels.flat().flatMap((text) => [Buffer.from(text), end]);
  return createHash('sha256').update(Buffer.concat(bytes)).digest().readBigUInt64BE(0);
}

const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());

describe('ids of series', () => {
  it('never change', () => {
    expect(
      seriesId([
        ['__name__', 'up'],
        ['job', 'node'],
      ]),
    ).toBe(
      slowId([
        ['__name__', 'up'],
        ['job', 'node'],
      ]),
    );
    expect(seriesId([]).toString(16)).toBe('e3b0c44298fc1c14');
    expect(metricId('up')).toBe(slowId([['__name__', 'up']]));
    const labels: Labels = [
      ['__name__', 'up'],
      ['job', 'node'],
    ];
    expect(seriesOf(labels)).toEqual({ id: seriesId(labels), metricId: metricId('up'), labels });
  });

  it('are what they are defined as, however long the labels', () => {
    const long = fc.integer({ min: 0, max: 5000 }).map((length) => 'ü'.repeat(length));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.oneof(text, long))), (labels) => {
        expect(seriesId(labels)).toBe(slowId(labels));
      }),
    );
  });

  it('do not depend on the order that labels were sent in, nor on empty ones', () => {
    const labels = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name });
    fc.assert(
      fc.property(labels, fc.func(fc.integer()), (sent, shuffle) => {
        const other = [...sent].sort((a, b) => shuffle(a) - shuffle(b)).concat([['empty!', '']]);
        expect(seriesId(normalizeLabels(other))).toBe(seriesId(normalizeLabels(sent)));
      }),
    );
  });

  it('tell where a name ends and a value begins', () => {
    const ids = [
      [['ab', 'c']],
      [['a', 'bc']],
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      [['a', 'bcd']],
      [
        ['a', 'bc'],
        ['d', ''],
      ],
    ] as const;
    expect(new Set(ids.map((labels) => seriesId(labels))).size).toBe(ids.length);
  });
});
