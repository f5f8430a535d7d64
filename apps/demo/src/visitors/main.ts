import { setTimeout as delay } from 'node:timers/promises';
import { Chance } from '../chance.ts';
import { runProcess } from '../process/run-process.ts';
import { busynessAt } from './rhythm.ts';
import { RumSession } from './rum-session.ts';
import { visitShop } from './visit.ts';

// The people who visit the shop, and their browsers. They send no traces: where theirs would begin is the storefront.

/** Between two that come at the busiest time, in ms on average. A visit asks for some five pages. */
const ARRIVAL_MS = 1200;
/** Whoever comes while so many are there goes away again: a shop that answers slowly must not drown in them. */
const VISITORS_MAX = 40;
const REGULARS = 400;

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
] as const;

await runProcess(async ({ urls, rum, seed, version }) => {
  const url = urls.storefront ?? '';
  const chance = new Chance(seed);
  const leaving = new AbortController();
  const { signal } = leaving;
  const visits = new Set<Promise<void>>();

  const arrive = (): void => {
    const own = new Chance(chance.whole(0, 2 ** 31));
    const userId = `visitor-${own.whole(1, REGULARS)}`;
    const visitor = { userId, userAgent: own.pick(USER_AGENTS), release: version };
    const session = new RumSession(rum, own, visitor);
    const visit = visitShop({ url, chance: own, session, userId, ip: `203.0.113.${own.whole(1, 254)}`, signal })
      .catch(() => session.send())
      .finally(() => visits.delete(visit));
    visits.add(visit);
  };

  const come = async (): Promise<void> => {
    while (!signal.aborted) {
      if (visits.size < VISITORS_MAX) arrive();
      await delay(chance.wait(ARRIVAL_MS / busynessAt(Date.now())), undefined, { signal });
    }
  };
  const coming = come().catch(() => undefined);
  return async () => {
    leaving.abort();
    await coming;
    await Promise.all(visits);
  };
});
