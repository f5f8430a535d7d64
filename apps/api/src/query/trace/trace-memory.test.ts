import { parseOrgId } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { TraceMemory } from './trace-memory.ts';

const [ORG, OTHER] = [
  parseOrgId('0190b3a0-0000-7000-8000-000000000001'),
  parseOrgId('0190b3a0-0000-7000-8000-000000000002'),
];

function memory(clock: { now: number }) {
  return new TraceMemory<string>({ ttlMs: 100, spansMax: 10 }, () => clock.now);
}

it("keeps an organization's trace for a while", () => {
  const clock = { now: 0 };
  const traces = memory(clock);
  traces.set(ORG, 'a', 'first', 4);
  traces.set(ORG, 'a', 'second', 5);
  expect(traces.get(ORG, 'a')).toBe('second');
  expect(traces.get(OTHER, 'a')).toBeUndefined();
  clock.now = 99;
  expect(traces.get(ORG, 'a')).toBe('second');
  clock.now = 100;
  expect(traces.get(ORG, 'a')).toBeUndefined();
});

it('never keeps more spans than it may: the oldest traces go', () => {
  const traces = memory({ now: 0 });
  traces.set(ORG, 'a', 'a', 4);
  traces.set(ORG, 'b', 'b', 4);
  traces.set(ORG, 'c', 'c', 6);
  expect(['a', 'b', 'c'].map((id) => traces.get(ORG, id))).toEqual([undefined, 'b', 'c']);
  traces.set(ORG, 'd', 'd', 11);
  expect(traces.get(ORG, 'd')).toBeUndefined();
  traces.set(ORG, 'e', 'e', 10);
  expect(['b', 'c', 'e'].map((id) => traces.get(ORG, id))).toEqual([undefined, undefined, 'e']);
});
