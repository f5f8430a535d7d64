import { expect, it } from 'vitest';
import { readTraceId } from './trace-id.ts';

it.each([
  ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
  ['0123456789ABCDEF0123456789ABCDEF', '0123456789abcdef0123456789abcdef'],
  ['0123456789abcdef', '00000000000000000123456789abcdef'],
  ['0123456789abcde', undefined],
  ['0123456789abcdef0123456789abcdef0', undefined],
  ['0123456789abcdeg', undefined],
  ["' OR 1=1 --", undefined],
  ['', undefined],
])('%s', (text, id) => {
  expect(readTraceId(text)).toBe(id);
});
