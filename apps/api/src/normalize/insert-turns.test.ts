import { expect, it } from 'vitest';
import { InsertTurns } from './insert-turns.ts';

/** Work that ends when it is told to. */
function openWork() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { promise, resolve, reject };
}

it('lets as many run as it is wide, the others in order of their coming', async () => {
  const turns = new InsertTurns(2);
  const works = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...openWork() }));
  const begun: string[] = [];
  const ends = works.map(({ name, promise }) =>
    turns.take(() => {
      begun.push(name);
      return promise;
    }),
  );
  expect(begun).toEqual(['a', 'b']);
  works[1]?.resolve();
  await ends[1];
  expect(begun).toEqual(['a', 'b', 'c']);
  works[0]?.resolve();
  await ends[0];
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  works[2]?.resolve();
  works[3]?.resolve();
  await Promise.all(ends);
});

it('a failure ends a turn and is the caller’s', async () => {
  const turns = new InsertTurns(1);
  await expect(turns.take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(turns.take(async () => 'next')).resolves.toBe('next');
});

it('whoever takes turn after turn waits for the others in between', async () => {
  const turns = new InsertTurns(1);
  const order: string[] = [];
  const repeat = async (name: string, times: number) => {
    for (let turn = 0; turn < times; turn += 1) {
      await turns.take(async () => {
        order.push(name);
        await new Promise(setImmediate);
      });
    }
  };
  await Promise.all([repeat('busy', 6), repeat('rare', 2), repeat('other', 2)]);
  expect(order.slice(0, 6)).toEqual(['busy', 'rare', 'other', 'busy', 'rare', 'other']);
});
