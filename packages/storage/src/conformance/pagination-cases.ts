import type { LogDirection, LogPosition, LogSearch, OrgId, StoredLog } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_TIME,
  at,
  insert,
  newOrg,
  patient,
  type StorageUnderTest,
  shareOf,
  storedLogs,
  testBatch,
} from './storage-under-test.ts';

/** Pages joined are one big read, in one total order. */
export function paginationCases(store: StorageUnderTest): void {
  async function readPages(
    org: OrgId,
    search: Omit<LogSearch, 'after'>,
    betweenPages: () => Promise<void> = async () => undefined,
  ): Promise<StoredLog[]> {
    const all: StoredLog[] = [];
    let after: LogPosition | undefined;
    do {
      const { logs, next } = await store
        .driver()
        .logs.searchLogs(org, after === undefined ? search : { ...search, after }, patient());
      expect(logs.length).toBeLessThanOrEqual(search.limit);
      if (next !== undefined) {
        expect(logs).toHaveLength(search.limit);
        expect(next).toEqual(logs.at(-1)?.position);
      }
      all.push(...logs);
      after = next;
      await betweenPages();
    } while (after !== undefined);
    return all;
  }

  const directions: readonly LogDirection[] = ['forward', 'backward'];

  describe('pages', () => {
    it('are stable and complete over any logs, with many at the same time', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.array(
              fc.record({ second: fc.integer({ min: -500, max: 500 }), service: fc.constantFrom('a', 'b', 'c') }),
              { minLength: 1, maxLength: 30 },
            ),
            { minLength: 1, maxLength: 4 },
          ),
          fc.integer({ min: 1, max: 25 }),
          fc.constantFrom(...directions),
          fc.boolean(),
          async (groups, limit, direction, isFiltered) => {
            const org = newOrg();
            const batches = groups.map((group) =>
              testBatch(
                group.map(({ second, service }) => ({ timestamp: at(second), service, message: `m ${second}` })),
              ),
            );
            await insert(store, org, ...batches);
            const search = {
              ...ALL_TIME,
              matchers: isFiltered ? [{ name: 'service', op: '!=' as const, value: 'b' }] : [],
              lineFilters: isFiltered ? [{ op: '!=' as const, values: ['7'] }] : [],
              direction,
            };
            const reference = store.referenceReader(new Map([[org, batches.flatMap(storedLogs)]]));
            const expected = await reference.searchLogs(org, { ...search, limit: 5000 }, patient());
            expect(await readPages(org, { ...search, limit })).toStrictEqual(expected.logs);
          },
        ),
        { numRuns: shareOf(store, 25) },
      );
    });

    it.each(directions)('going %s, have every log once though more arrive meanwhile', async (direction) => {
      const org = newOrg();
      const first = testBatch(
        Array.from({ length: 60 }, (_, n) => ({ timestamp: at(Math.floor(n / 3)), message: 'first' })),
      );
      await insert(store, org, first);
      const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 7, direction };
      let arrivals = 0;
      const read = await readPages(org, search, async () => {
        if (arrivals < 8) {
          arrivals += 1;
          await insert(store, org, testBatch([{ timestamp: at(arrivals * 2), message: 'later' }]));
        }
      });
      const ordered = storedLogs(first);
      expect(read.filter(({ message }) => message === 'first')).toStrictEqual(
        direction === 'forward' ? ordered : ordered.reverse(),
      );
      const keys = read.map(({ position }) => `${position.timestamp} ${position.batchId} ${position.index}`);
      expect(new Set(keys).size).toBe(keys.length);
    });

    it('begin after any place, also one that no log has', async () => {
      const org = newOrg();
      const batch = testBatch([{ timestamp: at(1) }, { timestamp: at(1) }, { timestamp: at(3) }]);
      await insert(store, org, batch);
      const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 10 };
      const after = { timestamp: at(1), batchId: batch.batchId, index: 0 };
      const indexes = async (direction: LogDirection, place: LogPosition) =>
        (await store.driver().logs.searchLogs(org, { ...search, direction, after: place }, patient())).logs.map(
          ({ position }) => position.index,
        );
      expect(await indexes('forward', after)).toEqual([1, 2]);
      expect(await indexes('backward', after)).toEqual([]);
      expect(await indexes('forward', { ...after, timestamp: at(2) })).toEqual([2]);
      expect(await indexes('backward', { ...after, timestamp: at(2) })).toEqual([1, 0]);
      expect(await indexes('backward', { ...after, index: 4_000_000_000 })).toEqual([1, 0]);
    });
  });
}
