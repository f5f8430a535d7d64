import { randomUUID } from 'node:crypto';
import { type LogMetricChange, type OrgId, parseOrgId } from '@aegisguard/model';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_KNOWN_MS, KEPT_MS, type LogMetrics, READ_MS, SLOT_KNOWN_MS } from '../log-metrics.ts';

const metadata = { metric: 'm', type: 'counter', unit: '', help: 'what is counted' } as const;
const SERIES_MAX = 50;
const START_MS = Date.UTC(2026, 10, 27);

function change(name: string, add: number, set?: number): LogMetricChange {
  return { labels: [['name', name]], metadata, bounds: [], set, add: [add] };
}

/** Of two buckets and what is beside them. */
function histogram(name: string, counts: readonly [number, number], bound = 1): LogMetricChange {
  const [low, high] = counts;
  const add = [low, low + high, 0.5 * low + 2 * high, low + high];
  return {
    labels: [['name', name]],
    metadata: { ...metadata, metric: 'h', type: 'histogram' },
    bounds: [bound],
    set: undefined,
    add,
  };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

const newOrg = () => parseOrgId(randomUUID());

/** What every driver must do; `open` gives drivers over the same memory. */
export function describeLogMetrics(
  name: string,
  open: (nowMs: () => number, seriesMax: number) => Promise<LogMetrics>,
): void {
  describe(`metrics of logs: ${name}`, () => {
    let metrics: LogMetrics;
    let nowMs = START_MS;
    let slotMs = START_MS;
    let org: OrgId;

    /** Values of an organization, by name. */
    async function values(of = org): Promise<Record<string, number>> {
      const found = await read();
      return Object.fromEntries(
        (found.get(of) ?? []).map(({ labels, values: [value = -1] }) => [labels[0]?.[1] ?? '', value]),
      );
    }

    async function read() {
      slotMs += 1;
      return new Map((await all(metrics.read(slotMs))).map(({ orgId, totals }) => [orgId, totals] as const));
    }

    beforeEach(async () => {
      org = newOrg();
      metrics = await open(() => nowMs, SERIES_MAX);
    });

    afterEach(() => metrics.close());

    it('are what batches added, each once, however often it comes', async () => {
      const batches = fc.array(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 9 })), { maxLength: 4 }),
        {
          maxLength: 6,
        },
      );
      await fc.assert(
        fc.asyncProperty(batches, fc.array(fc.nat({ max: 5 }), { maxLength: 6 }), async (given, again) => {
          const own = newOrg();
          const sent = given.map((changes) => ({
            id: randomUUID(),
            changes: changes.map(([of, by]) => change(of, by)),
          }));
          const deliveries = [...sent, ...again.flatMap((at) => sent[at] ?? [])];
          await Promise.all(deliveries.map(({ id, changes }) => metrics.add(own, id, changes)));
          const expected: Record<string, number> = {};
          for (const [of, by] of given.flat()) {
            expected[of] = (expected[of] ?? 0) + by;
          }
          expect(await values(own)).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    });

    it('are set, and added to what was set', async () => {
      await metrics.add(org, randomUUID(), [change('a', 2, 5), change('b', -1)]);
      await metrics.add(org, randomUUID(), [change('a', 0.1), change('b', 0, 1e300)]);
      expect(await values()).toEqual({ a: 7 + 0.1, b: 1e300 });
    });

    it('are one organization’s', async () => {
      const other = newOrg();
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      await metrics.add(other, randomUUID(), [change('a', 2)]);
      expect([await values(), await values(other)]).toEqual([{ a: 1 }, { a: 2 }]);
      expect([await metrics.forget(org), await metrics.forget(org)]).toEqual([1, 0]);
      expect([await values(), await values(other)]).toEqual([{}, { a: 2 }]);
      await metrics.add(org, randomUUID(), [change('a', 3)]);
      expect(await values()).toEqual({ a: 3 });
    });

    it('are known to the next start, and so are batches', async () => {
      const batch = randomUUID();
      await metrics.add(org, batch, [change('a', 1)]);
      await metrics.close();
      metrics = await open(() => nowMs, SERIES_MAX);
      await metrics.add(org, batch, [change('a', 1)]);
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      expect(await values()).toEqual({ a: 2 });
    });

    it('are read once for a slot, with what they are', async () => {
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      await metrics.add(org, randomUUID(), [histogram('h', [1, 2])]);
      const { labels } = change('a', 1);
      const found = (await read()).get(org) ?? [];
      expect(found).toHaveLength(2);
      expect(found).toContainEqual({ labels, metadata, bounds: [], values: [1], before: [0], sinceMs: nowMs });
      const { add: values, set: _, ...of } = histogram('h', [1, 2]);
      expect(found).toContainEqual({ ...of, values, before: [0, 0, 0, 0], sinceMs: nowMs });
      expect(await all(metrics.read(slotMs))).toEqual([]);
    });

    it('are not read for a slot any more when they were for a later one', async () => {
      const other = newOrg();
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      await metrics.add(other, randomUUID(), [change('a', 1)]);
      slotMs += 2;
      const slow = metrics.read(slotMs - 1)[Symbol.asyncIterator]();
      expect((await slow.next()).done).toBe(false);
      const later = await all(metrics.read(slotMs));
      expect(later.map(({ orgId }) => orgId)).toEqual(expect.arrayContaining([org, other]));
      expect((await slow.next()).done).toBe(true);
    });

    it('are read on when a clock that was ahead has been set back', async () => {
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      const ahead = await all(metrics.read(slotMs + SLOT_KNOWN_MS + 10));
      expect(ahead.map(({ orgId }) => orgId)).toContain(org);
      expect(await values()).toEqual({ a: 1 });
    });

    it('pause when nothing changes, go on from what they were, and are forgotten after a day', async () => {
      const at = nowMs;
      await metrics.add(org, randomUUID(), [change('a', 4)]);
      nowMs = at + READ_MS;
      expect(await values()).toEqual({ a: 4 });
      nowMs = at + READ_MS + 1;
      expect(await values()).toEqual({});
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      expect((await read()).get(org)).toMatchObject([{ values: [5], before: [4], sinceMs: nowMs }]);
      nowMs += KEPT_MS + 1;
      await read();
      await metrics.add(org, randomUUID(), [change('a', 1)]);
      expect((await read()).get(org)).toMatchObject([{ values: [1], before: [0] }]);
    });

    it('have no room for more series than a bound; those that are there go on', async () => {
      const many = Array.from({ length: SERIES_MAX - 1 }, (_, at) => change(`s${at}`, 1));
      expect(await metrics.add(org, randomUUID(), many)).toBe(0);
      expect(
        await metrics.add(org, randomUUID(), [change('x', 1), change('y', 1), change('s0', 1), change('z', 1)]),
      ).toBe(2);
      const found = await values();
      expect(found).toMatchObject({ x: 1, s0: 2 });
      expect(Object.keys(found)).toHaveLength(SERIES_MAX);
      expect(await metrics.add(newOrg(), randomUUID(), [change('y', 1)])).toBe(0);
    });

    it('have room for all series of a label set or for none', async () => {
      const many = Array.from({ length: SERIES_MAX - 6 }, (_, at) => change(`s${at}`, 1));
      await metrics.add(org, randomUUID(), many);
      const added = [histogram('h', [1, 0]), histogram('i', [1, 0]), change('x', 1), histogram('h', [0, 1])];
      expect(await metrics.add(org, randomUUID(), added)).toBe(1);
      expect(await values()).toMatchObject({ h: 1, x: 1 });
      const [h] = ((await read()).get(org) ?? []).filter(({ bounds }) => bounds.length > 0);
      expect(h?.values).toEqual([1, 2, 2.5, 2]);
      expect(await metrics.add(org, randomUUID(), [change('y', 1), change('z', 1)])).toBe(1);
    });

    it('begin anew with other buckets', async () => {
      await metrics.add(org, randomUUID(), [histogram('h', [1, 2])]);
      nowMs += 1;
      await metrics.add(org, randomUUID(), [histogram('h', [3, 4], 1.5)]);
      expect((await read()).get(org)).toMatchObject([
        { bounds: [1.5], values: histogram('h', [3, 4]).add, before: [0, 0, 0, 0], sinceMs: nowMs },
      ]);
    });

    it('that are many are read all, and those that are old give their room', async () => {
      await metrics.close();
      const names = Array.from({ length: 1_200 }, (_, at) => `s${at}`);
      metrics = await open(() => nowMs, names.length);
      expect(
        await metrics.add(
          org,
          randomUUID(),
          names.map((of) => change(of, 1)),
        ),
      ).toBe(0);
      const order = Object.keys(await values());
      expect(order.toSorted()).toEqual(names.toSorted());
      expect(Object.keys(await values())).toEqual(order);
      expect(await metrics.add(org, randomUUID(), [change('x', 1)])).toBe(1);
      nowMs += KEPT_MS;
      expect(await metrics.add(org, randomUUID(), [change('s0', 1)])).toBe(0);
      nowMs += 1;
      expect(await values()).toEqual({ s0: 2 });
      expect(await metrics.add(org, randomUUID(), [change('x', 1)])).toBe(0);
    });

    it('know a batch for a day', async () => {
      const batch = randomUUID();
      await metrics.add(org, batch, [change('a', 1)]);
      nowMs += BATCH_KNOWN_MS - 1;
      await read();
      await metrics.add(org, batch, [change('a', 1)]);
      await metrics.add(org, randomUUID(), [change('b', 1)]);
      expect(await values()).toEqual({ b: 1 });
    });
  });
}
