import { type JsonObject, type JsonValue, labelName } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenAttributes, parseShape } from './attribute-shape.ts';

const value = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(fc.string(), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .dictionary(
      fc.oneof(
        fc.constantFrom('a', 'b', '__proto__', 'a_b', 'a.b', '{', '}', ',', ':{', '"'),
        fc.string({ unit: 'binary' }),
      ),
      tie('value'),
    )
    // Objects as a parser makes them: `__proto__` is a key like any other.
    .map((object) => structuredClone(object)),
})).object;

const NOT_ADDED = { geo: {}, userAgent: {} };
const NONE = { resource: {}, details: {}, ...NOT_ADDED };

describe('attributes taken apart', () => {
  it('are put together again as they were', () => {
    fc.assert(
      fc.property(value, value, value, value, value, (attributes, resource, details, geo, userAgent) => {
        const { shape, values } = flattenAttributes({ attributes, resource, details, geo, userAgent });
        const { leaves, restore } = parseShape(shape);
        expect(leaves).toHaveLength(values.length);
        expect(restore(values)).toStrictEqual({ attributes, resource, details, geo, userAgent });
      }),
    );
  });

  it('have one shape when they differ in values only', () => {
    const shapes = [
      { http: { status: 200, path: '/a' }, ok: true },
      { http: { status: 500, path: '' }, ok: false },
    ].map((attributes) => flattenAttributes({ attributes, ...NONE }).shape);
    expect(shapes[0]).toBe(shapes[1]);
  });

  it('give each label to one leaf: attributes before resource, the later before the earlier, a null takes a name too', () => {
    const attributes = { 'a.b': 'first', a: { b: 'second' }, gone: null };
    const resource = { a_b: 'third', gone: 'hidden', pod: 'p' };
    const { shape, values } = flattenAttributes({ attributes, resource, details: {}, ...NOT_ADDED });
    const labels = parseShape(shape).leaves.map(({ label }, index) => [label, values[index]]);
    expect(labels).toEqual([
      ['', 'first'],
      ['a_b', 'second'],
      ['', 'third'],
      ['', 'hidden'],
      ['pod', 'p'],
    ]);
  });

  it('give what the normalizer adds labels of its own, after the attributes and the resource', () => {
    const record = {
      attributes: { geo_city: 'sent' },
      resource: {},
      details: {},
      geo: { city: 'Berlin', timeZone: 'Europe/Berlin' },
      userAgent: { deviceType: 'bot' },
    };
    const { shape, values } = flattenAttributes(record);
    const { leaves, restore } = parseShape(shape);
    expect(leaves.map(({ label }) => label)).toEqual(['geo_city', '', 'geo_time_zone', 'user_agent_device_type']);
    expect(restore(values)).toStrictEqual(record);
  });

  it('keep details apart: no label answers to them, and absent ones leave no trace', () => {
    const record = { attributes: { a: 'x' }, resource: {}, details: { a: 'y', flags: 1 }, ...NOT_ADDED };
    const { shape, values } = flattenAttributes(record);
    expect(values).toEqual(['x', 'y', '1']);
    expect(parseShape(shape).leaves.map(({ label }) => label)).toEqual(['a', '', '']);
    expect(flattenAttributes({ ...record, details: {} }).shape).toBe('[{"a":0},{}]');
  });

  it('name leaves as the model does', () => {
    const attributes = { 'k8s.pod': { имя: { '': 1 } } };
    const { shape } = flattenAttributes({ attributes, ...NONE });
    expect(parseShape(shape).leaves.map(({ label }) => label)).toEqual([labelName(['k8s.pod', 'имя', ''])]);
  });

  it('say values as labels have them', () => {
    const attributes = { n: 1.5, big: 1e21, t: true, l: [1, 'a', null], s: ' x ', z: -0 };
    expect(flattenAttributes({ attributes, ...NONE }).values).toEqual([
      '1.5',
      '1e+21',
      'true',
      '[1,"a",null]',
      ' x ',
      '0',
    ]);
  });

  it('bound the recursion, not the data', () => {
    const deep = JSON.parse(`${'{"d":'.repeat(1000)}1${'}'.repeat(1000)}`) as JsonObject;
    const { shape, values } = flattenAttributes({ attributes: deep, ...NONE });
    expect(values).toHaveLength(1);
    expect(JSON.stringify(parseShape(shape).restore(values).attributes)).toBe(JSON.stringify(deep));
  });
});
