import { expect, it } from 'vitest';
import { ExpiringCache } from './expiring-cache.ts';

function counter(answer: (call: number) => Promise<string>) {
  let calls = 0;
  return {
    load: () => {
      calls += 1;
      return answer(calls);
    },
    calls: () => calls,
  };
}

it('loads once until the entry expires', async () => {
  let now = 0;
  const cache = new ExpiringCache<string>(100, 10, () => now);
  const source = counter(async (call) => `v${call}`);
  expect(await Promise.all([cache.get('a', source.load), cache.get('a', source.load)])).toEqual(['v1', 'v1']);
  now = 99;
  expect(await cache.get('a', source.load)).toBe('v1');
  now = 100;
  expect(await cache.get('a', source.load)).toBe('v2');
});

it('forgets one entry and keeps the others', async () => {
  const cache = new ExpiringCache<string>(100, 2, () => 0);
  const source = counter(async (call) => `v${call}`);
  await cache.get('a', source.load);
  await cache.get('b', source.load);
  cache.delete('a');
  expect(await cache.get('b', source.load)).toBe('v2');
  expect(await cache.get('a', source.load)).toBe('v3');
});

it('does not keep a failure', async () => {
  const cache = new ExpiringCache<string>(100, 10, () => 0);
  const source = counter((call) => (call === 1 ? Promise.reject(new Error('down')) : Promise.resolve('up')));
  await expect(cache.get('a', source.load)).rejects.toThrow('down');
  expect(await cache.get('a', source.load)).toBe('up');
});

it('keeps at least the newest half of its entries, at most all of them', async () => {
  const cache = new ExpiringCache<string>(100, 4, () => 0);
  const source = counter(async (call) => `v${call}`);
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    await cache.get(key, source.load);
  }
  expect(await cache.get('d', source.load)).toBe('v4');
  expect(await cache.get('e', source.load)).toBe('v5');
  expect(await cache.get('a', source.load)).toBe('v6');
});

it('forgets everything at once when told to', async () => {
  const cache = new ExpiringCache<number>(1000, 10, () => 0);
  let loads = 0;
  const load = async () => {
    loads += 1;
    return loads;
  };
  expect([await cache.get('a', load), await cache.get('a', load)]).toEqual([1, 1]);
  cache.clear();
  expect(await cache.get('a', load)).toBe(2);
});
