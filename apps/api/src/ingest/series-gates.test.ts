import { parseOrgId } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { ACTIVE_SERIES_MAX, SeriesGates } from './series-gates.ts';

const HOUR_MS = 3_600_000;
const ONE = parseOrgId('00000000-0000-7000-8000-000000000001');
const OTHER = parseOrgId('00000000-0000-7000-8000-000000000002');
const admitted = (gates: SeriesGates, ids: readonly number[], max: number | null = 3, org = ONE) => {
  const gate = gates.open(org, max);
  return ids.filter((id) => gate.admit(BigInt(id)));
};

it('admits known series and as many more as there is room for', () => {
  const gates = new SeriesGates(() => 0);
  expect(admitted(gates, [1, 2, 1, 3, 4, 5])).toEqual([1, 2, 1, 3]);
  expect(admitted(gates, [4, 3, 2, 1])).toEqual([3, 2, 1]);
  expect(admitted(gates, [4], 4)).toEqual([4]);
});

it('counts each organization for itself', () => {
  const gates = new SeriesGates(() => 0);
  expect(admitted(gates, [1, 2, 3, 4])).toEqual([1, 2, 3]);
  expect(admitted(gates, [4, 5, 6, 7], 3, OTHER)).toEqual([4, 5, 6]);
});

it('forgets series that had no sample for two generations', () => {
  let nowMs = 0;
  const gates = new SeriesGates(() => nowMs);
  expect(admitted(gates, [1, 2, 3])).toEqual([1, 2, 3]);
  nowMs = HOUR_MS;
  // The older generation still counts; one that comes again is counted once.
  expect(admitted(gates, [1, 4])).toEqual([1]);
  nowMs = 2 * HOUR_MS;
  expect(admitted(gates, [4, 5, 6])).toEqual([4, 5]);
  nowMs = 5 * HOUR_MS;
  expect(admitted(gates, [7, 8, 9, 1])).toEqual([7, 8, 9]);
});

it('has a default, and 0 is no limit', () => {
  const gates = new SeriesGates(() => 0);
  const gate = gates.open(ONE, null);
  for (let id = 1; id <= ACTIVE_SERIES_MAX; id += 1) {
    gate.admit(BigInt(id) * 0x1_0000_0001n);
  }
  expect(gate.admit(7n)).toBe(false);
  expect(gates.open(ONE, 0).admit(7n)).toBe(true);
});

it('bounds what all organizations take together', () => {
  const gates = new SeriesGates(() => 0, 100_000);
  const orgs = Array.from({ length: 300 }, (_, n) =>
    parseOrgId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`),
  );
  for (const org of orgs) {
    expect(admitted(gates, [1, 2, 3, 4], 3, org)).toEqual([1, 2, 3]);
  }
  // The first was forgotten, the last is known.
  expect(admitted(gates, [4], 3, orgs[0])).toEqual([4]);
  expect(admitted(gates, [4], 3, orgs.at(-1))).toEqual([]);
});
