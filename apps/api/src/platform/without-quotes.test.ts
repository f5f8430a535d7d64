import { expect, it } from 'vitest';
import { withoutQuotes } from './without-quotes.ts';

const PRIVATE = 'alice@example.com';

/** What the language says when it is given something private. */
const FAULTS: readonly (() => unknown)[] = [
  () => JSON.parse(PRIVATE),
  () => JSON.parse(`{"a": ${PRIVATE}}`),
  () => JSON.parse(`["${PRIVATE}", tru, "${PRIVATE}"]`),
  () => JSON.parse(`{"a": "${PRIVATE}\nb"}`),
  () => JSON.parse(`["a" "${PRIVATE}"]`),
  () => BigInt(PRIVATE),
  () => Object.assign(PRIVATE as unknown as object, { length: 1 }),
  () => Reflect.apply(Function('value', '"use strict"; value.x = 1'), undefined, [PRIVATE]),
  () => 'x' in (PRIVATE as unknown as object),
];

it.each(FAULTS.map((fault) => [fault]))('%s', (fault) => {
  let thrown: unknown;
  try {
    fault();
  } catch (error) {
    thrown = error;
  }
  const { message, stack = '' } = thrown as Error;
  for (const text of [message, stack.split('\n    at ')[0] ?? '']) {
    expect(withoutQuotes(text)).not.toContain('alice');
    expect(withoutQuotes(text).length).toBeGreaterThan(10);
  }
});

it('leaves what quotes no value', () => {
  const message = "Cannot read properties of undefined (reading 'attributes')";
  expect(withoutQuotes(message)).toBe(message);
});
