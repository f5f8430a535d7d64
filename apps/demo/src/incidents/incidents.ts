import { setTimeout as delay } from 'node:timers/promises';
import { REVIEWS_INDEX, withClient } from '../engines/shop-postgres.ts';
import type { Shop } from '../shop/shop.ts';
import { INCIDENT_KINDS, type IncidentKind, type PlannedIncident } from './timetable.ts';

/** What an incident is for those who watch the terminal, and how it comes about. `happen` lasts until `signal` says that it is over, and has then put things right. */
interface Incident {
  readonly headline: string;
  happen(shop: Shop, signal: AbortSignal): Promise<void>;
}

/** How long a report holds the stock, and leaves it, in ms. */
const REPORT_MS = 2500;
const REPORT_PAUSE_MS = 2000;
const FLUSH_MS = 1000;

const INCIDENTS: Readonly<Record<IncidentKind, Incident>> = {
  'bad-deployment': {
    headline: 'orders 1.4.1 goes live; it fails for some coupons',
    happen: async (shop, signal) => {
      await shop.deploy('orders', '1.4.1');
      await over(signal);
      await shop.deploy('orders', '1.4.0');
    },
  },
  'card-network-failing': {
    headline: 'the card network is slow and refuses most charges',
    happen: async (shop, signal) => {
      shop.tell('card-network', { type: 'mood', mood: 'failing' });
      await over(signal);
      shop.tell('card-network', { type: 'mood', mood: 'well' });
    },
  },
  'missing-index': {
    headline: "a migration of the catalog has dropped the reviews' index",
    happen: async (shop, signal) => {
      await withClient(shop.catalogUrl, (client) => client.query('DROP INDEX IF EXISTS reviews_product_id'));
      await over(signal);
      await withClient(shop.catalogUrl, (client) => client.query(REVIEWS_INDEX));
    },
  },
  'stock-locked': {
    headline: 'a report locks the stock again and again; orders wait for it',
    happen: (shop, signal) =>
      withClient(shop.ordersUrl, async (client) => {
        while (!signal.aborted) {
          await client.query('BEGIN');
          await client.query('LOCK TABLE stock IN EXCLUSIVE MODE');
          await pause(REPORT_MS, signal);
          await client.query('COMMIT');
          await pause(REPORT_PAUSE_MS, signal);
        }
      }),
  },
  'cache-emptied': {
    headline: 'the cache is emptied all the time; the database answers instead',
    happen: async (shop, signal) => {
      while (!signal.aborted) {
        await shop.redis?.flush();
        await pause(FLUSH_MS, signal);
      }
    },
  },
};

/** What can go wrong with this shop. */
export function kindsFor(shop: Shop): readonly IncidentKind[] {
  return INCIDENT_KINDS.filter((kind) => kind !== 'cache-emptied' || shop.redis !== undefined);
}

/** Lets one thing after the other go wrong as planned, until `signal`; what is wrong then is put right, where there is still something to put right. */
export async function runIncidents(
  shop: Shop,
  plan: Iterable<PlannedIncident>,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const startMs = performance.now();
  for (const { kind, startMs: afterMs, endMs } of plan) {
    await pause(startMs + afterMs - performance.now(), signal);
    if (signal.aborted) return;
    const { headline, happen } = INCIDENTS[kind];
    const lastsMs = endMs - afterMs;
    say(`incident: ${headline} (${Math.round(lastsMs / 6000) / 10} min)`);
    try {
      await happen(shop, AbortSignal.any([signal, AbortSignal.timeout(lastsMs)]));
      say('the incident is over');
    } catch (error) {
      say(`the incident did not work out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function over(signal: AbortSignal): Promise<void> {
  return pause(2 ** 31 - 1, signal);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
}
