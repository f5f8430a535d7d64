import type { IngestCount, OrgId } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { type MetricsUnderTest, YESTERDAY_MS } from './metrics-under-test.ts';
import { newOrg, patient } from './storage-under-test.ts';

const minuteAt = (minute: number) => YESTERDAY_MS + minute * 60_000;

function count(orgId: OrgId, minute: number, given: Partial<IngestCount> = {}): IngestCount {
  return {
    orgId,
    minuteMs: minuteAt(minute),
    signal: 'metrics',
    protocol: 'remote-write',
    keyId: 'key-1',
    outcome: 'accepted',
    requests: 1,
    records: 100,
    bytes: 1000,
    ...given,
  };
}

/** What came in and what was refused. */
export function ingestCountCases(store: MetricsUnderTest): void {
  describe('keeps ingest counts', () => {
    it('summed per step, signal, protocol, key and outcome', async () => {
      const [org, other] = [newOrg(), newOrg()];
      const { ingestCounts } = store.driver();
      await ingestCounts.addIngestCounts([
        count(org, 0),
        count(org, 1),
        count(other, 0),
        count(org, 5, { records: 2 ** 40 }),
      ]);
      await ingestCounts.addIngestCounts([
        count(org, 0),
        count(org, 1, { outcome: "too-old'", keyId: '\\', signal: 'logs', protocol: 'native' }),
      ]);
      await ingestCounts.addIngestCounts([]);
      const read = (from: number, to: number, stepMs: number) =>
        ingestCounts.readIngestCounts(org, { fromMs: minuteAt(from), toMs: minuteAt(to), stepMs }, patient());
      const without = ({ orgId: _, ...rest }: IngestCount) => rest;
      expect(await read(0, 5, 60_000)).toEqual([
        without(count(org, 0, { requests: 2, records: 200, bytes: 2000 })),
        without(count(org, 1, { outcome: "too-old'", keyId: '\\', signal: 'logs', protocol: 'native' })),
        without(count(org, 1)),
      ]);
      expect(await read(1, 7, 300_000)).toMatchObject([
        { minuteMs: minuteAt(1), signal: 'logs', records: 100 },
        { minuteMs: minuteAt(1), signal: 'metrics', records: 2 ** 40 + 100, requests: 2 },
      ]);
      expect(
        await ingestCounts.readIngestCounts(newOrg(), { fromMs: 0, toMs: minuteAt(1e4), stepMs: 60_000 }, patient()),
      ).toEqual([]);
    });

    it('takes steps of whole minutes only', async () => {
      const range = { fromMs: minuteAt(0), toMs: minuteAt(1), stepMs: 1000 };
      await expect(store.driver().ingestCounts.readIngestCounts(newOrg(), range, patient())).rejects.toMatchObject({
        code: 'invalid-request',
      });
    });
  });
}
