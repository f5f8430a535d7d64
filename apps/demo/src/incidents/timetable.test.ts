import fc from 'fast-check';
import { expect, it } from 'vitest';
import { INCIDENT_KINDS, type PlannedIncident, timetable } from './timetable.ts';

const MINUTE_MS = 60_000;

function first(count: number, seed: number): PlannedIncident[] {
  const planned: PlannedIncident[] = [];
  for (const incident of timetable(seed, INCIDENT_KINDS)) {
    if (planned.push(incident) === count) break;
  }
  return planned;
}

it('plans every kind before any comes again, one at a time, with quiet between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const planned = first(2 * INCIDENT_KINDS.length, seed);
      for (const round of [planned.slice(0, INCIDENT_KINDS.length), planned.slice(INCIDENT_KINDS.length)]) {
        expect(round.map(({ kind }) => kind).sort()).toEqual([...INCIDENT_KINDS].sort());
      }
      let quietSinceMs = -MINUTE_MS;
      for (const { startMs, endMs } of planned) {
        expect(startMs - quietSinceMs).toBeGreaterThanOrEqual(4 * MINUTE_MS);
        expect(endMs - startMs).toBeGreaterThanOrEqual(2 * MINUTE_MS);
        expect(endMs - startMs).toBeLessThanOrEqual(4 * MINUTE_MS);
        quietSinceMs = endMs;
      }
    }),
  );
});

it('plans the same from the same seed', () => {
  expect(first(12, 5)).toEqual(first(12, 5));
  expect(first(12, 5)).not.toEqual(first(12, 6));
});
