import type { JsonObject } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { flattenAttributes } from '../attribute-shape.ts';
import { LEAF_KINDS } from '../leaf-kind.ts';
import { PlaceClasses } from './place-classes.ts';
import { ShapeAttributes } from './shape-attributes.ts';

function shapeOf(hash: number, attributes: JsonObject, resource: JsonObject = {}, scope: JsonObject = {}) {
  const details = Object.keys(scope).length === 0 ? {} : { scope: { attributes: scope } };
  const { shape } = flattenAttributes({ attributes, resource, details, geo: {}, userAgent: {} });
  return new ShapeAttributes(shape, String(hash));
}

describe('PlaceClasses', () => {
  it('has one class of shapes whose labels mean the same, besides that of all others', () => {
    const shapes = [shapeOf(1, { a: 'x' }, { b: 1 }), shapeOf(2, { c: true }), shapeOf(3, { a: 'y', c: false })];
    const classes = new PlaceClasses(shapes, 'string');
    expect(classes.count).toBe(2);
    expect(classes.meaning(0, 'a')).toEqual({ name: 'span.a', kind: LEAF_KINDS.string });
    expect(classes.meaning(0, 'b')).toEqual({ name: 'resource.b', kind: LEAF_KINDS.number });
    expect([classes.meaning(1, 'a'), classes.meaning(0, 'd')]).toEqual([undefined, undefined]);
    expect(classes.sql).toBe('toUInt16(transform(cityHash64(attribute_shape), [1, 2, 3], [0, 0, 0], toUInt16(1)))');
  });

  it('tells apart names and kinds that answer to one label', () => {
    const shapes = [shapeOf(1, { 'a.b': 1 }), shapeOf(2, { a_b: 1 }), shapeOf(3, { 'a.b': '1' }), shapeOf(4, { c: 1 })];
    const classes = new PlaceClasses(shapes, 'string');
    expect(classes.count).toBe(4);
    expect([0, 1, 2].map((ofClass) => classes.meaning(ofClass, 'a_b'))).toEqual([
      { name: 'span.a.b', kind: LEAF_KINDS.number },
      { name: 'span.a_b', kind: LEAF_KINDS.number },
      { name: 'span.a.b', kind: LEAF_KINDS.string },
    ]);
  });

  it('numbers what has no label, and leaves out shapes that have nothing of a span there', () => {
    const shapes = [shapeOf(1, { a: 1 }, { a: 2 }, { d: 3 }), shapeOf(2, { a: 1 }, {}, { d: 3 })];
    const classes = new PlaceClasses(shapes, 'number');
    expect(classes.hashes).toEqual(['1']);
    expect(classes.meaning(0, '1')).toEqual({ name: 'resource.a', kind: LEAF_KINDS.number });
    expect(classes.meaning(0, '2')).toBeUndefined();
  });
});
