import { OUTLINE_FLAGS } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, outlines } from '../testing/outlines.ts';
import { hasFlag, isError, nameOf, serviceOf, traceModel } from './trace-model.ts';

const TREE = outlineOf(
  [
    { depth: 0, start: 0, duration: 100, service: 'shop', name: 'GET /' },
    { depth: 1, start: 10, duration: 30, service: 'cart', name: 'read', status: 'error' },
    { depth: 2, start: 12, duration: 5, service: 'cart', name: 'SELECT', flags: OUTLINE_FLAGS.orphan },
    { depth: 1, start: 50, duration: 70, service: 'shop', name: 'render' },
  ],
  [
    { row: 3, from: 50, until: 100 },
    { row: 0, from: 40, until: 50 },
    { row: 0, from: 0, until: 10 },
  ],
);

describe('the model of a trace', () => {
  const model = traceModel(TREE);

  it('knows what is below each row', () => {
    expect([...model.end]).toEqual([4, 3, 3, 4]);
    expect([...model.children]).toEqual([2, 1, 0, 0]);
    expect([...model.errorsBelow]).toEqual([1, 0, 0, 0]);
    expect(model.maxDepth).toBe(2);
  });

  it('names what the columns number', () => {
    expect([serviceOf(model, 2), nameOf(model, 2)]).toEqual(['cart', 'SELECT']);
    const nameless = traceModel(outlineOf([{ depth: 0, start: 0, duration: 1, name: '', service: '' }]));
    expect([serviceOf(nameless, 0), nameOf(nameless, 0)]).toEqual(['(no name)', '(no name)']);
    expect([isError(model, 1), isError(model, 2)]).toEqual([true, false]);
    expect([hasFlag(model, 2, 'orphan'), hasFlag(model, 2, 'skewed')]).toEqual([true, false]);
    expect(model.rowOf('0000000000000003')).toBe(2);
    expect(model.rowOf('000000000000000f')).toBeUndefined();
  });

  it('lasts as long as its last span', () => {
    expect(model.total).toBe(120);
  });

  it('has the sections of the critical path of each row, earliest first', () => {
    const { offsets, from } = model.critical;
    expect([...offsets]).toEqual([0, 2, 2, 2, 3]);
    expect([...from]).toEqual([0, 40, 50]);
  });

  it('has every row in the subtrees of those above it, and in no other', () => {
    fc.assert(
      fc.property(outlines, (outline) => {
        const { end, parent, count, children, errorsBelow, status } = traceModel(outline);
        for (let row = 0; row < count; row++) {
          const below = Array.from({ length: count }, (_, each) => each).filter((each) => {
            let above = parent[each] ?? -1;
            while (above > row) {
              above = parent[above] ?? -1;
            }
            return above === row;
          });
          expect(below).toEqual(below.map((_, index) => row + 1 + index));
          expect(end[row]).toBe(row + 1 + below.length);
          expect(children[row]).toBe([...parent].filter((each) => each === row).length);
          expect(errorsBelow[row]).toBe(below.filter((each) => status[each] === 2).length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives services colours of their own while there are some, and none the red of errors', () => {
    const services = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const made = services.map((service, row) => ({ depth: Math.min(row, 1), start: row, duration: 1, service }));
    const { palette } = traceModel(outlineOf(made));
    expect(new Set(palette).size).toBe(services.length);
    expect([...palette]).not.toContain(3);
    const [alone] = traceModel(outlineOf([{ depth: 0, start: 0, duration: 1, service: 'd' }])).palette;
    const [again] = traceModel(outlineOf([{ depth: 0, start: 5, duration: 1, service: 'd' }])).palette;
    expect(alone).toBe(again);
  });
});
