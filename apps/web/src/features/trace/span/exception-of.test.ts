import { describe, expect, it } from 'vitest';
import { exceptionOf, stackLines } from './exception-of.ts';

describe('exceptions of events', () => {
  it.each([
    [{ 'exception.type': 'TypeError', 'exception.message': 'x is undefined', 'exception.escaped': true }],
    [{ exception: { type: 'TypeError', message: 'x is undefined' }, 'exception.escaped': true }],
  ])('%j', (attributes) => {
    const rest = { 'exception.escaped': true };
    expect(exceptionOf(attributes)).toEqual({ type: 'TypeError', message: 'x is undefined', stack: '', rest });
  });

  it('are not found where there are none', () => {
    expect(exceptionOf({ 'log.message': 'x', exception: 'text' })).toBeUndefined();
  });
});

it('frames of libraries are told from those of one’s own code', () => {
  const stack = 'TypeError: x\n    at pay (/app/src/pay.ts:3:7)\n    at run (/app/node_modules/p/i.js:1:1)\n';
  expect(stackLines(stack).map(({ isForeign }) => isForeign)).toEqual([false, false, true]);
});
