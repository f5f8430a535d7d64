import type { LogCountQuery, LogCountSeries, LogRecord, OrgId } from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALL_TIME,
  at,
  insert,
  newOrg,
  patient,
  type StorageUnderTest,
  shareOf,
  storedLogs,
  type TestBatch,
  testBatch,
} from './storage-under-test.ts';

const MINUTE = 60_000_000_000n;
const SECOND = 1_000_000_000n;

/** Counts against a naive recount. */
export function countCases(store: StorageUnderTest): void {
  describe('counts', () => {
    let org: OrgId;
    let batches: TestBatch[];

    beforeAll(async () => {
      org = newOrg();
      batches = [0, 1].map((part) => testBatch(Array.from({ length: 300 }, (_, n) => countedRecord(n, part))));
      for (const batch of batches) {
        await insert(store, org, batch);
      }
      await store.settle?.();
    });

    async function expectAgreement(query: Partial<LogCountQuery>): Promise<void> {
      const whole: LogCountQuery = {
        ...ALL_TIME,
        matchers: [],
        lineFilters: [],
        origin: at(0),
        bucket: MINUTE,
        edges: '[)',
        by: [],
        of: 'logs',
        ...query,
      };
      const reference = store.referenceReader(new Map([[org, batches.flatMap(storedLogs)]]));
      const expected = await reference.countLogs(org, whole, patient());
      const counted = await store.driver().logs.countLogs(org, whole, patient());
      const text = JSON.stringify(whole, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      expect(sorted(counted.series), text).toEqual(sorted(expected.series));
    }

    it('everything, by nothing, native labels and attributes', async () => {
      const groups = [
        [],
        ['level'],
        ['service'],
        ['service_name', 'level'],
        ['region'],
        ['region', 'service'],
        ['absent'],
        ['id'],
      ];
      for (const by of groups) {
        await expectAgreement({ by });
        await expectAgreement({ by, edges: '(]' });
      }
    });

    it('in any buckets of any range, by any labels', async () => {
      const offset = fc.oneof(
        fc.integer({ min: -400, max: 700 }).map((second) => at(second)),
        fc.integer({ min: -7, max: 12 }).map((minute) => at(minute * 60)),
        fc.integer({ min: -400, max: 700 }).map((second) => at(second, 1)),
      );
      const query = fc.record({
        start: offset,
        end: offset,
        origin: offset,
        bucket: fc.constantFrom(SECOND, 7n * SECOND, MINUTE, 5n * MINUTE, 1n, 2n ** 70n),
        edges: fc.constantFrom<LogCountQuery['edges'][]>('[)', '(]'),
        of: fc.constantFrom<LogCountQuery['of'][]>('logs', 'bytes'),
        by: fc.subarray(['level', 'service', 'region', 'service_name']),
        matchers: fc.subarray([
          { name: 'service', op: '!=' as const, value: 'b' },
          { name: 'level', op: '=~' as const, value: 'info|warn' },
          { name: 'region', op: '=' as const, value: 'eu' },
        ]),
        lineFilters: fc.subarray([{ op: '|=' as const, values: ['timeout'] }]),
      });
      await fc.assert(
        fc.asyncProperty(query, (given) => expectAgreement(given)),
        { numRuns: shareOf(store, 150) },
      );
    });

    it('of whole minutes and of the rest of a ragged range', async () => {
      for (const [start, end] of [
        [at(-60), at(120)],
        [at(-59), at(119)],
        [at(0, 1), at(180, 1)],
        [at(10), at(50)],
        [at(-300, 5), at(601, 7)],
      ] as const) {
        for (const by of [[], ['level'], ['service', 'level']]) {
          await expectAgreement({ start, end, by, bucket: MINUTE });
          await expectAgreement({ start, end, by, bucket: 3n * MINUTE, origin: at(-3600) });
        }
      }
    });

    it('refuses a bucket without width', async () => {
      const query = {
        ...ALL_TIME,
        matchers: [],
        lineFilters: [],
        origin: at(0),
        bucket: 0n,
        edges: '[)' as const,
        by: [],
        of: 'logs' as const,
      };
      await expect(store.driver().logs.countLogs(org, query, patient())).rejects.toMatchObject({
        code: 'query-not-runnable',
      });
    });

    it('tells what a query cost', async () => {
      const query = {
        ...ALL_TIME,
        matchers: [],
        lineFilters: [],
        origin: at(0),
        bucket: SECOND,
        edges: '[)' as const,
        by: [],
        of: 'logs' as const,
      };
      const { stats } = await store.driver().logs.countLogs(org, query, patient());
      expect(stats.rowsRead).toBeGreaterThanOrEqual(600);
      expect(stats.bytesRead).toBeGreaterThan(0);
      expect(stats.elapsedMs).toBeGreaterThan(0);
    });
  });
}

function sorted(series: readonly LogCountSeries[]): readonly LogCountSeries[] {
  const key = ({ labels }: LogCountSeries) => JSON.stringify(Object.entries(labels).sort());
  return [...series].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function countedRecord(n: number, part: number): Partial<LogRecord> {
  const pick = <Item>(items: readonly [Item, ...Item[]], place: number) => items[place % items.length] ?? items[0];
  return {
    timestamp: at(((n * 37 + part * 11) % 900) - 300, n % 7 === 0 ? 1 : 0),
    service: pick(['a', 'b', ''], n),
    level: pick(['info', 'error', 'warn', 'debug'], n),
    message: pick(['timeout', 'fine', 'über', 'fine'], n),
    attributes: n % 2 === 0 ? { region: pick(['eu', 'us'], n / 2), id: n * 1000 } : {},
  };
}
