import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutMap, wayPath } from './layout-map.ts';

const SIZE = { width: 100, height: 40 };
const box = (id: string) => ({ id, ...SIZE });

describe('the layout of a map', () => {
  it('has callers left of what they call, or above it', () => {
    const boxes = ['web', 'api', 'db'].map(box);
    const links = [
      { from: 'web', to: 'api' },
      { from: 'api', to: 'db' },
    ];
    const across = layoutMap(boxes, links).places;
    expect(across.get('web')?.x).toBeLessThan(across.get('api')?.x ?? 0);
    expect(across.get('api')?.x).toBeLessThan(across.get('db')?.x ?? 0);
    const down = layoutMap(boxes, links, 'TB').places;
    expect(down.get('web')?.y).toBeLessThan(down.get('api')?.y ?? 0);
  });

  it('has no way for a link to itself or to what is not there', () => {
    const { ways } = layoutMap(
      [box('a'), box('b')],
      [
        { from: 'a', to: 'a' },
        { from: 'a', to: 'gone' },
        { from: 'a', to: 'b' },
      ],
    );
    expect(ways.map((way) => way.length > 0)).toEqual([false, false, true]);
  });

  it('of nothing is empty', () => {
    expect(layoutMap([], [])).toEqual({ width: 0, height: 0, places: new Map(), ways: [] });
  });

  it('of any services never lays one over another, circles or not, and names are only names', () => {
    const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '')), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(names, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 25 }), (ids, pairs) => {
        const links = pairs.map(([from, to]) => ({
          from: ids[from % ids.length] ?? '',
          to: ids[to % ids.length] ?? '',
        }));
        const { places, width, height } = layoutMap(ids.map(box), links);
        const all = ids.map((id) => places.get(id) ?? { x: Number.NaN, y: Number.NaN });
        for (const [index, { x, y }] of all.entries()) {
          expect(x - SIZE.width / 2).toBeGreaterThanOrEqual(0);
          expect(x + SIZE.width / 2).toBeLessThanOrEqual(width);
          expect(y - SIZE.height / 2).toBeGreaterThanOrEqual(0);
          expect(y + SIZE.height / 2).toBeLessThanOrEqual(height);
          for (const other of all.slice(index + 1)) {
            expect(Math.abs(other.x - x) >= SIZE.width || Math.abs(other.y - y) >= SIZE.height).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('draws a way through its points', () => {
  expect(wayPath([])).toBe('');
  expect(
    wayPath([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ]),
  ).toBe('M0,0Q10,0 10,5L10,10');
});
