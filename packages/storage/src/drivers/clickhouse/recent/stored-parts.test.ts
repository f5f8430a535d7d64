import { expect, it } from 'vitest';
import { newParts, partList, storedPart } from './stored-parts.ts';

const FROM_MS = Date.UTC(2026, 10, 20, 10);

/** Parts by name, each with its rows. */
function listOf(parts: Readonly<Record<string, number>>, epoch = 1) {
  return partList(
    Object.entries(parts).map(([name, rows]) => storedPart(name, rows)),
    epoch,
  );
}

const known = listOf({ '20261120-30_1_4_1': 40, '20261120-30_6_6_0': 10, '20261121-30_5_5_0': 5 });

it.each<[string, Record<string, number>, number[] | undefined]>([
  ['nothing', { '20261120-30_1_4_1': 40, '20261120-30_6_6_0': 10, '20261121-30_5_5_0': 5 }, []],
  ['a merge', { '20261120-30_1_6_2': 50, '20261121-30_5_5_0': 5 }, []],
  [
    'an insert',
    { '20261120-30_1_4_1': 40, '20261120-30_6_6_0': 10, '20261121-30_5_5_0': 5, '20261120-30_7_7_0': 3 },
    [7],
  ],
  ['another partition', { '20261120-30_1_6_2': 50, '20261121-30_5_5_0': 5, '20261120-7_9_9_0': 3 }, [9]],
  ['an insert merged with what was there', { '20261120-30_1_7_2': 53, '20261121-30_5_5_0': 5 }, [7]],
  ['a part that is gone', { '20261120-30_1_4_1': 40, '20261121-30_5_5_0': 5 }, undefined],
  ['a partition that is gone', { '20261120-30_1_6_2': 50 }, undefined],
  ['a mutation', { '20261120-30_1_4_1_7': 40, '20261120-30_6_6_0_7': 10, '20261121-30_5_5_0_7': 5 }, undefined],
  [
    'a mutation of one part so far',
    { '20261120-30_1_4_1_7': 30, '20261120-30_6_6_0': 10, '20261121-30_5_5_0': 5 },
    undefined,
  ],
  [
    'a mutation of what came in since',
    { '20261120-30_1_6_2': 50, '20261121-30_5_5_0': 5, '20261120-30_7_7_0_8': 3 },
    undefined,
  ],
  ['rows that went in a merge', { '20261120-30_1_6_2': 49, '20261121-30_5_5_0': 5 }, undefined],
  ['rows that went in a merge with an insert', { '20261120-30_1_7_2': 13, '20261121-30_5_5_0': 5 }, undefined],
])('sees %s', (_, now, blocks) => {
  expect(newParts(known, listOf(now), FROM_MS)?.map(({ lastBlock }) => lastBlock)).toEqual(blocks);
});

it('does not look at earlier days, nor trust an engine that was started anew', () => {
  const now = { '20261121-30_5_5_0': 5 };
  expect(newParts(known, listOf(now), FROM_MS + 86_400_000)).toEqual([]);
  expect(newParts(known, listOf(now, 2), FROM_MS + 86_400_000)).toBeUndefined();
});

it('knows of mutations that were before', () => {
  const mutated = listOf({ '20261120-30_1_4_1_7': 40 });
  expect(newParts(mutated, listOf({ '20261120-30_1_4_1_7': 40, '20261120-30_8_8_0': 2 }), FROM_MS)).toHaveLength(1);
  const merged = listOf({ '20261120-30_1_8_2_7': 42 });
  expect(newParts(mutated, merged, FROM_MS)).toHaveLength(1);
  expect(newParts(listOf({ '20261120-30_1_4_1_7': 40, '20261120-30_8_8_0': 2 }), merged, FROM_MS)).toEqual([]);
});
