import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IngestIds } from '../driver.ts';

/** What every driver must do; `open` gives drivers over the same memory. */
export function describeIngestIds(name: string, open: () => Promise<IngestIds>): void {
  describe(`ids of records: ${name}`, () => {
    let ids: IngestIds;

    beforeEach(async () => {
      ids = await open();
    });

    afterEach(() => ids.close());

    it('belong to the batch that came first', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      const [a, b, c] = freshIds(3);
      expect(await ids.claim(one, of(a, b))).toEqual([]);
      expect(await ids.claim(other, of(c, b, a))).toEqual([1, 2]);
      expect(await ids.claim(one, of(c))).toEqual([0]);
    });

    it('may be claimed again by their batch, as often as it is delivered', async () => {
      const batch = randomUUID();
      const [a, b] = freshIds(2);
      await ids.claim(batch, of(a, b));
      expect(await ids.claim(batch, of(a, b))).toEqual([]);
      expect(await ids.claim(randomUUID(), of(a))).toEqual([0]);
      expect(await ids.claim(batch, of(b, a))).toEqual([]);
    });

    it('are whole 64-bit numbers', async () => {
      const edge = of(0n, 1n, 2n ** 63n, 2n ** 63n - 1n, 2n ** 64n - 1n);
      const shifted = edge.map((id) => id ^ (freshIds(1)[0] ?? 0n));
      const first = await ids.claim(randomUUID(), shifted);
      expect(first).toEqual([]);
      expect(await ids.claim(randomUUID(), shifted)).toEqual([0, 1, 2, 3, 4]);
    });

    it('are remembered by the next start', async () => {
      const [a, b] = freshIds(2);
      await ids.claim(randomUUID(), of(a));
      await ids.close();
      ids = await open();
      expect(await ids.claim(randomUUID(), of(a, b))).toEqual([0]);
    });

    it('go to exactly one of many that claim at once, by the thousand', async () => {
      const many = BigUint64Array.from(freshIds(1000));
      const answers = await Promise.all(Array.from({ length: 4 }, () => ids.claim(randomUUID(), many)));
      const times = Array.from(many, () => 0);
      for (const taken of answers) {
        for (const at of taken) {
          times[at] = (times[at] ?? 0) + 1;
        }
      }
      expect(new Set(times)).toEqual(new Set([3]));
    });

    it('may be none', async () => {
      expect(await ids.claim(randomUUID(), of())).toEqual([]);
    });
  });
}

function of(...ids: readonly (bigint | undefined)[]): BigUint64Array {
  return BigUint64Array.from(ids, (id) => id ?? 0n);
}

/** Ids that no other case has. */
function freshIds(count: number): bigint[] {
  return [...crypto.getRandomValues(new BigUint64Array(count))];
}
