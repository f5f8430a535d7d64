import { expect, it } from 'vitest';
import { traceLogs } from './trace-logs.ts';

it('the logs of a trace are looked for around its time', () => {
  const parameters = traceLogs('ab"c', Date.parse('2026-01-01T12:00:00Z'));
  expect(Object.fromEntries(parameters)).toEqual({
    q: '{trace_id="ab\\"c"}',
    from: '2026-01-01T11:00:00.000Z',
    to: '2026-01-01T13:00:00.000Z',
  });
});
