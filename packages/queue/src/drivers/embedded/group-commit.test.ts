import { expect, it } from 'vitest';
import { GroupCommit } from './group-commit.ts';

/** Commits that end when the test says so. */
function heldCommits(limits = { countMax: 100, bytesMax: 100 }) {
  const groups: number[][] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const commit = (items: readonly number[]) => {
    groups.push([...items]);
    return new Promise<number[]>((resolve, reject) => {
      ends.push((failure) => (failure ? reject(failure) : resolve(items.map((item) => item * 10))));
    });
  };
  return { groups, ends, group: new GroupCommit(commit, (item: number) => item, limits) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('commits together what came while a commit was under way, in order', async () => {
  const { group, groups, ends } = heldCommits();
  const first = [group.add(1), group.add(2)];
  await turn();
  const second = [group.add(3), group.add(4), group.add(5)];
  await turn();
  expect(groups).toEqual([[1, 2]]);
  ends[0]?.();
  expect(await Promise.all(first)).toEqual([10, 20]);
  await turn();
  expect(groups).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  ends[1]?.();
  expect(await Promise.all(second)).toEqual([30, 40, 50]);
});

it('keeps groups within their limits, but takes a single item whatever its size', async () => {
  const { group, groups, ends } = heldCommits({ countMax: 2, bytesMax: 10 });
  const all = [group.add(1), group.add(1), group.add(1), group.add(10), group.add(99)];
  for (let index = 0; index < 4; index += 1) {
    await turn();
    ends[index]?.();
  }
  await Promise.all(all);
  expect(groups).toEqual([[1, 1], [1], [10], [99]]);
});

it('fails a group as a whole, and goes on with the next', async () => {
  const { group, ends } = heldCommits();
  const failing = Promise.allSettled([group.add(1), group.add(2)]);
  await turn();
  const next = group.add(3);
  ends[0]?.(new Error('disk'));
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turn();
  const settled = group.settled();
  ends[1]?.();
  expect(await next).toBe(30);
  await settled;
});
