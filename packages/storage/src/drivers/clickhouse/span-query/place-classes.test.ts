import type { JsonObject } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { flattenAttributes } from '../attribute-shape.ts';
import { LEAF_KINDS } from '../leaf-kind.ts';
import { PlaceClasses } from './place-classes.ts';
import { ShapeAttributes } from './shape-attributes.ts';
import { WorkTurns } from './work-turns.ts';

function shapeOf(hash: number, attributes: JsonObject, resource: JsonObject = {}, scope: JsonObject = {}) {
  const details = Object.keys(scope).length === 0 ? {} : { scope: { attributes: scope } };
  const { shape } = flattenAttributes({ attributes, resource, details, geo: {}, userAgent: {} });
  return new ShapeAttributes(shape, String(hash));
}

const turns = () => new WorkTurns({ remainingMs: () => 1_000 });

async function told(shapes: readonly ShapeAttributes[], placeType: 'string' | 'number'): Promise<PlaceClasses> {
  const classes = await PlaceClasses.of(shapes, placeType, turns());
  if (classes === undefined) {
    throw new TypeError('few classes are meant');
  }
  return classes;
}

describe('PlaceClasses', () => {
  it('has one class of shapes whose labels mean the same, besides that of all others', async () => {
    const shapes = [shapeOf(1, { a: 'x' }, { b: 1 }), shapeOf(2, { c: true }), shapeOf(3, { a: 'y', c: false })];
    const classes = await told(shapes, 'string');
    expect(classes.count).toBe(2);
    expect(classes.meaning(0, 'a')).toEqual({ name: 'span.a', kind: LEAF_KINDS.string });
    expect(classes.meaning(0, 'b')).toEqual({ name: 'resource.b', kind: LEAF_KINDS.number });
    expect([classes.meaning(1, 'a'), classes.meaning(0, 'd')]).toEqual([undefined, undefined]);
    expect(classes.sql).toBe('toUInt16(transform(cityHash64(attribute_shape), [1, 2, 3], [0, 0, 0], toUInt16(1)))');
  });

  it('tells apart names and kinds that answer to one label', async () => {
    const shapes = [shapeOf(1, { 'a.b': 1 }), shapeOf(2, { a_b: 1 }), shapeOf(3, { 'a.b': '1' }), shapeOf(4, { c: 1 })];
    const classes = await told(shapes, 'string');
    expect(classes.count).toBe(4);
    expect([0, 1, 2].map((ofClass) => classes.meaning(ofClass, 'a_b'))).toEqual([
      { name: 'span.a.b', kind: LEAF_KINDS.number },
      { name: 'span.a_b', kind: LEAF_KINDS.number },
      { name: 'span.a.b', kind: LEAF_KINDS.string },
    ]);
  });

  it('numbers what has no label, and leaves out shapes that have nothing of a span there', async () => {
    const shapes = [shapeOf(1, { a: 1 }, { a: 2 }, { d: 3 }), shapeOf(2, { a: 1 }, {}, { d: 3 })];
    const classes = await told(shapes, 'number');
    expect(classes.hashes).toEqual(['1']);
    expect(classes.meaning(0, '1')).toEqual({ name: 'resource.a', kind: LEAF_KINDS.number });
    expect(classes.meaning(0, '2')).toBeUndefined();
  });

  it('is one of so many, and no more', async () => {
    // One label, and each time another attribute.
    const shapes = Array.from({ length: 201 }, (_, n) =>
      shapeOf(n, { a: 1, [`b${String.fromCharCode(0xe0 + n)}`]: 1 }),
    );
    const classes = await told(shapes.slice(0, 200), 'string');
    expect(classes.count).toBe(201);
    expect(classes.meaning(199, 'b_')?.name).toBe(`span.b${String.fromCharCode(0xe0 + 199)}`);
    expect(await PlaceClasses.of([...shapes.slice(0, 200), ...shapes.slice(0, 5)], 'string', turns())).toBeDefined();
    expect(await PlaceClasses.of(shapes, 'string', turns())).toBeUndefined();
  });

  it('takes about as long over many classes as over one, and lets others have their turn', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, n]));
    const shapes = (lastKeys: number) =>
      Array.from({ length: 300 }, (_, n) =>
        shapeOf(n, many, { ...many, [`z${String.fromCharCode(0xe0 + (n % lastKeys))}`]: n }),
      );
    let turnCount = 0;
    const remainingMs = () => {
      turnCount += 1;
      return 1;
    };
    const cpuOf = async (all: readonly ShapeAttributes[], count: number): Promise<number> => {
      const before = process.cpuUsage();
      expect((await PlaceClasses.of(all, 'string', new WorkTurns({ remainingMs })))?.count).toBe(count);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const one = await cpuOf(shapes(1), 2);
    // Looked through one after the other, these were fifty times as much.
    expect(await cpuOf(shapes(200), 201)).toBeLessThan(one * 8);
    expect(turnCount).toBeGreaterThan(2);
  });

  it('ends with the time of whoever asks', async () => {
    const gone = new WorkTurns({
      remainingMs: () => {
        throw new Error('over');
      },
    });
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, n]));
    const shapes = Array.from({ length: 300 }, (_, n) => shapeOf(n, many, { [`z${n}`]: n }));
    await expect(PlaceClasses.of(shapes, 'string', gone)).rejects.toThrow('over');
  });
});
