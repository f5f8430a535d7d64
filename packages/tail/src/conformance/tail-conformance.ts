import { parseOrgId } from '@aegisguard/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TailCatch, TailExchange } from '../driver.ts';

const [A, B] = [parseOrgId('11111111-1111-4111-8111-111111111111'), parseOrgId('22222222-2222-4222-8222-222222222222')];

/** A process that has tails, one that makes lines, and the same one where there is only one. */
export interface TailProcesses {
  readonly query: TailExchange;
  readonly worker: TailExchange;
}

function catchOf(query: string, ...lines: readonly string[]): TailCatch {
  const caught = lines.map((text, index) => ({ timestamp: `${index}`, index, json: JSON.stringify({ text }) }));
  return { query, batchId: 'batch', lines: caught, dropped: 0 };
}

/** What every driver of `TailExchange` must do; each runs it on its own engine. */
export function describeTails(name: string, open: () => Promise<TailProcesses>): void {
  describe(`tails: ${name}`, () => {
    let query: TailExchange;
    let worker: TailExchange;

    beforeAll(async () => {
      ({ query, worker } = await open());
    });

    afterAll(async () => {
      await query.close();
      await worker.close();
    });

    const seen = (exchange: TailExchange, ...queries: readonly string[]) =>
      expect.poll(() => [...exchange.queriesOf(A)].sort(), { interval: 5 }).toEqual([...queries].sort());

    it('there is nothing to be asked where nobody watches', () => {
      expect(worker.queriesOf(A)).toEqual([]);
      worker.publish(A, [catchOf('{a="b"}', 'one')]);
    });

    it('a query is known as soon as its tail is open, elsewhere within a second, until it is closed', async () => {
      const tail = await query.open(A, '{a="b"}', () => undefined);
      expect(query.queriesOf(A)).toEqual(['{a="b"}']);
      await seen(worker, '{a="b"}');
      expect(worker.queriesOf(B)).toEqual([]);
      tail.close();
      expect(query.queriesOf(A)).toEqual([]);
      await seen(worker);
      tail.close();
    });

    it('tails of one query share it', async () => {
      const caught: string[] = [];
      const keep = (who: string) => (each: TailCatch) => caught.push(...each.lines.map(({ json }) => who + json));
      const [one, two] = await Promise.all([query.open(A, 'q', keep('1')), query.open(A, 'q', keep('2'))]);
      await seen(worker, 'q');
      worker.publish(A, [catchOf('q', 'x')]);
      await expect.poll(() => [...caught].sort()).toEqual(['1{"text":"x"}', '2{"text":"x"}']);
      one.close();
      await seen(worker, 'q');
      worker.publish(A, [catchOf('q', 'y')]);
      await expect.poll(() => caught.at(-1)).toBe('2{"text":"y"}');
      expect(caught).toHaveLength(3);
      two.close();
      await seen(worker);
    });

    it('what was caught comes as it was, in order, and only to its query and its organization', async () => {
      const got: Record<string, TailCatch[]> = { a: [], other: [], b: [] };
      const tails = await Promise.all([
        query.open(A, 'q\n"1"', (each) => got.a?.push(each)),
        query.open(A, 'q2', (each) => got.other?.push(each)),
        query.open(B, 'q\n"1"', (each) => got.b?.push(each)),
      ]);
      await seen(worker, 'q\n"1"', 'q2');
      const first = { ...catchOf('q\n"1"', 'naïve 🦄', 'line\nbreak', ''), dropped: 7 };
      worker.publish(A, [first, catchOf('q3', 'nobody')]);
      for (let n = 0; n < 50; n += 1) {
        worker.publish(A, [catchOf('q2', `${n}`)]);
      }
      worker.publish(B, [catchOf('q\n"1"', 'of b')]);
      await expect.poll(() => got.other).toEqual(Array.from({ length: 50 }, (_, n) => catchOf('q2', `${n}`)));
      await expect.poll(() => got.b).toEqual([catchOf('q\n"1"', 'of b')]);
      expect(got.a).toEqual([first]);
      for (const tail of tails) {
        tail.close();
      }
    });

    it('hundreds of tails come and go', async () => {
      const tails = await Promise.all(Array.from({ length: 300 }, (_, n) => query.open(A, `q${n}`, () => undefined)));
      await expect.poll(() => worker.queriesOf(A).length, { interval: 5 }).toBe(300);
      for (const tail of tails) {
        tail.close();
      }
      await seen(worker);
    });
  });
}
