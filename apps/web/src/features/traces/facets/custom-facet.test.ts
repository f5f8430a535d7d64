import { INTRINSICS } from '@aegisguard/traceql/syntax';
import { expect, it } from 'vitest';
import { customFacet, isFacet } from './custom-facet.ts';

it.each([
  [' span.http.route ', 'span.http.route'],
  ['http.route', '.http.route'],
  ['.http.route', '.http.route'],
  ['event.exception.type', 'event.exception.type'],
  ['statusMessage', 'statusMessage'],
  ['span:statusMessage', 'statusMessage'],
])('%j', (text, field) => {
  expect(customFacet(text)).toEqual({ field });
  expect(isFacet(field)).toBe(true);
});

it.each([
  ['duration', 'duration is no attribute'],
  ['childCount', 'childCount is no attribute'],
  ['{ }', '{ } is no attribute'],
  ['', 'is no attribute'],
  ['parent.foo', 'parent.foo is of another span'],
  [' parent.span.http.route', 'parent.span.http.route is of another span'],
  ['parent.name', 'parent.name is of another span'],
])('%j is none', (text, problem) => {
  expect(customFacet(text)).toEqual({ problem: expect.stringContaining(problem) });
  expect(isFacet(text)).toBe(false);
});

it('what is added is a facet when it is read again', () => {
  for (const { short, scoped } of INTRINSICS) {
    for (const name of [short, scoped]) {
      const found = name === undefined ? undefined : customFacet(name);
      if (found !== undefined && 'field' in found) {
        expect(isFacet(found.field), name).toBe(true);
      }
    }
  }
});
