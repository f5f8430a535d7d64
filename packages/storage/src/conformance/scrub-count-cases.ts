import type { OrgId, ScrubCount } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { type MetricsUnderTest, YESTERDAY_MS } from './metrics-under-test.ts';
import { newOrg, patient } from './storage-under-test.ts';

const MINUTE_MS = 60_000;

const minuteAt = (minute: number) => YESTERDAY_MS + minute * MINUTE_MS;

function found(orgId: OrgId, minute: number, given: Partial<ScrubCount> = {}): ScrubCount {
  return {
    orgId,
    minuteMs: minuteAt(minute),
    signal: 'logs',
    detector: 'email',
    strategy: 'redact',
    place: 'message',
    count: 1,
    ...given,
  };
}

const without = ({ orgId: _, ...rest }: ScrubCount) => rest;

/** What the scrubber found. */
export function scrubCountCases(store: MetricsUnderTest): void {
  const counts = () => store.driver().scrubCounts;
  const read = (orgId: OrgId, from: number, to: number, stepMs = MINUTE_MS, placesMax = 100) =>
    counts().readScrubCounts(orgId, { fromMs: minuteAt(from), toMs: minuteAt(to), stepMs, placesMax }, patient());

  describe('keeps what the scrubber found', () => {
    it('summed per step, signal, detector, strategy and place', async () => {
      const org = newOrg();
      const odd = {
        place: "labels.it's \\ \u{1F600}[]",
        detector: 'custom:a-b',
        strategy: 'hash',
        signal: 'rum',
      } as const;
      await counts().addScrubCounts([found(org, 0), found(org, 1, { count: 2 ** 40 }), found(org, 5)]);
      await counts().addScrubCounts([found(org, 0, { count: 4 }), found(org, 1, odd)]);
      await counts().addScrubCounts([]);
      expect(await read(org, 0, 5)).toEqual([
        without(found(org, 0, { count: 5 })),
        without(found(org, 1, { count: 2 ** 40 })),
        without(found(org, 1, odd)),
      ]);
      expect(await read(org, 1, 7, 5 * MINUTE_MS)).toEqual([
        without(found(org, 1, { count: 2 ** 40 + 1 })),
        without(found(org, 1, odd)),
      ]);
    });

    it('for each organization apart', async () => {
      const [org, other] = [newOrg(), newOrg()];
      await counts().addScrubCounts([found(org, 0), found(other, 0, { place: 'attributes.secret', count: 9 })]);
      expect(await read(org, 0, 1)).toEqual([without(found(org, 0))]);
      expect(await read(newOrg(), 0, 1)).toEqual([]);
    });

    it('with the rarest places as one, when there are too many', async () => {
      const org = newOrg();
      const places = Array.from({ length: 5 }, (_, at) => found(org, at % 2, { place: `p${at}`, count: 10 - at }));
      await counts().addScrubCounts(places);
      expect(await read(org, 0, 2, 2 * MINUTE_MS, 2)).toEqual([
        without(found(org, 0, { place: '(other)', count: 8 + 7 + 6 })),
        without(found(org, 0, { place: 'p0', count: 10 })),
        without(found(org, 0, { place: 'p1', count: 9 })),
      ]);
    });

    it('takes steps of whole minutes only', async () => {
      await expect(read(newOrg(), 0, 1, 1000)).rejects.toMatchObject({ code: 'invalid-request' });
    });
  });
}
