import { expect, it } from 'vitest';
import { flatAttributes } from './flat-attributes.ts';

it('attributes stand under dotted names, in order; lists and empty objects are values', () => {
  const flat = flatAttributes({ http: { status: 500, request: { size: 3 } }, 'a.b': true, tags: ['x'], none: {} });
  expect(flat).toEqual([
    { name: 'a.b', value: true },
    { name: 'http.request.size', value: 3 },
    { name: 'http.status', value: 500 },
    { name: 'none', value: {} },
    { name: 'tags', value: ['x'] },
  ]);
});
