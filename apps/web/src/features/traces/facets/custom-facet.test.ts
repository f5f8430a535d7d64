import { expect, it } from 'vitest';
import { customFacet } from './custom-facet.ts';

it.each([
  [' span.http.route ', 'span.http.route'],
  ['http.route', '.http.route'],
  ['.http.route', '.http.route'],
  ['event.exception.type', 'event.exception.type'],
  ['statusMessage', 'statusMessage'],
  ['duration', undefined],
  ['{ }', undefined],
  ['', undefined],
])('%j', (text, field) => {
  expect(customFacet(text)).toBe(field);
});
