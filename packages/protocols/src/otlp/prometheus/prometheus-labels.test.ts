import { describe, expect, it } from 'vitest';
import { attributeLabels, joinLabels, labelNameOf } from './prometheus-labels.ts';

const reserved = new Set(['job']);

describe('labels of attributes', () => {
  it.each([
    ['http.method', 'http_method'],
    ['a..b--c__d', 'a_b_c_d'],
    ['_private', '_private'],
    ['2xx', 'key_2xx'],
    ['größe', 'gr_e'],
    ['', '_'],
  ])('%s is %s', (attribute, label) => {
    expect(labelNameOf(attribute)).toBe(label);
  });

  it('that become the same are joined in the order of the attributes', () => {
    const labels = joinLabels(attributeLabels({ a_b: 'third', 'a.b': 'second', 'a-b': 'first' }), reserved);
    expect(labels).toEqual([['a_b', 'first;second;third']]);
  });

  it('move aside for labels of ours, and are left out when they are empty', () => {
    expect(joinLabels(attributeLabels({ job: 'x', empty: '', none: null }), reserved)).toEqual([['exported_job', 'x']]);
  });

  it('have values of any kind as text', () => {
    const labels = joinLabels(attributeLabels({ a: true, b: 1.5, c: [1, 'x'], d: { e: null } }), reserved);
    expect(Object.fromEntries(labels)).toEqual({ a: 'true', b: '1.5', c: '[1,"x"]', d: '{"e":null}' });
  });
});
