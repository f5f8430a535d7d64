import { expect, it } from 'vitest';
import { pastedTraceId } from './trace-links.ts';

it.each([
  ['4BF92F3577B34DA6A3CE929D0E0E4736', '4bf92f3577b34da6a3ce929d0e0e4736'],
  [' a3ce929d0e0e4736\n', '0000000000000000a3ce929d0e0e4736'],
  ['a3ce929d0e0e473', undefined],
  ['{ }', undefined],
  ['00000000000000000000000000000000', undefined],
  ['', undefined],
])('%j', (text, id) => {
  expect(pastedTraceId(text)).toBe(id);
});
