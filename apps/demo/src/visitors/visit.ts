import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import { passwordOf } from '../services/customers.ts';
import { ASSORTMENT, CATEGORIES, type CartItem } from '../services/products.ts';
import type { RumSession, SeenAnswer } from './rum-session.ts';

/** How long people look at a page, in ms. */
const LOOKING_MS = 4000;
const TIMEOUT_MS = 15_000;
/** Of all visits; between two guesses, in ms. */
const GUESSING_SHARE = 0.01;
const GUESS_MS = 1500;

const SEARCHES = ['kettle', 'cup', 'decaf', 'grinder', 'mint', 'travel', 'box'] as const;
/** As people type them. */
const COUPONS = ['welcome', 'autumn', 'WELCOME'] as const;

/** What a visit goes through. */
export interface Visit {
  /** Of the storefront. */
  readonly url: string;
  readonly chance: Chance;
  readonly session: RumSession;
  readonly userId: string;
  /** The visitor's address, of a network that is there for examples (RFC 5737). */
  readonly ip: string;
  readonly signal: AbortSignal;
}

/** One person: looks around, perhaps searches, looks at products, and buys now and then. */
export async function visitShop(visit: Visit): Promise<void> {
  const { chance, session } = visit;
  await look(visit, '/', '/api/products');
  if (chance.below(GUESSING_SHARE)) return guessPasswords(visit);
  if (chance.below(0.25)) await signIn(visit);
  if (chance.below(0.3)) {
    const term = chance.pick(SEARCHES);
    session.action('search');
    await look(visit, `/search?q=${term}`, `/api/products?q=${term}`);
  } else if (chance.below(0.6)) {
    const category = chance.pick(CATEGORIES);
    await look(visit, `/${category}`, `/api/products?category=${category}`);
  }
  const cart: CartItem[] = [];
  for (let left = chance.whole(1, 4); left > 0; left--) {
    const { id } = popular(chance);
    await look(visit, `/products/${id}`, `/api/products/${id}`);
    if (chance.below(0.4) && !cart.some(({ productId }) => productId === id)) {
      session.action('add to cart');
      cart.push({ productId: id, quantity: chance.whole(1, 3) });
    }
  }
  // An old link to something that is not sold any more.
  if (chance.below(0.03)) await look(visit, '/products/977', '/api/products/977');
  if (cart.length > 0 && chance.below(0.75)) await checkOut(visit, cart);
  await session.send();
}

/** Most know their password; some need a second attempt. */
async function signIn({ url, chance, session, userId, ip }: Visit): Promise<void> {
  await session.view('/login');
  for (let attempt = 1; attempt <= 2; attempt++) {
    const password = attempt === 1 && chance.below(0.15) ? 'secret?' : passwordOf(userId);
    session.action('sign in');
    const answer = await ask(url, '/api/login', { account: userId, password }, ip);
    session.resource(answer);
    if (answer.status === 200) return;
  }
}

/** No person: tries passwords of somebody else's account, and sends no RUM. */
async function guessPasswords({ url, chance, ip, signal }: Visit): Promise<void> {
  const account = `visitor-${chance.whole(1, 20)}`;
  for (let left = chance.whole(6, 14); left > 0; left--) {
    await ask(url, '/api/login', { account, password: chance.hex(8) }, ip);
    await delay(chance.around(GUESS_MS), undefined, { signal });
  }
}

async function look({ url, chance, session, signal }: Visit, page: string, path: string): Promise<void> {
  await session.view(page);
  session.loaded(await ask(url, path));
  await delay(chance.around(LOOKING_MS), undefined, { signal });
}

async function checkOut({ url, chance, session, userId }: Visit, items: readonly CartItem[]): Promise<void> {
  await session.view('/checkout');
  session.action('place order');
  const coupon = chance.below(0.35) ? { coupon: chance.pick(COUPONS) } : {};
  const body = { items, email: `${userId}@mail.example`, ...coupon };
  session.loaded(await ask(url, '/api/checkout', body));
}

/** Few products are looked at most of the time. */
function popular(chance: Chance): (typeof ASSORTMENT)[number] {
  const index = Math.floor(ASSORTMENT.length * chance.next() ** 2);
  return ASSORTMENT[index] ?? chance.pick(ASSORTMENT);
}

/** Asks as the page's script does; what does not answer has the status 0. */
async function ask(base: string, url: string, body?: object, ip?: string): Promise<SeenAnswer> {
  const method = body === undefined ? 'GET' : 'POST';
  const startMs = performance.now();
  const seen = (status: number, traceId?: string): SeenAnswer => ({
    url,
    method,
    status,
    durationMs: performance.now() - startMs,
    traceId,
  });
  try {
    const answer = await fetch(`${base}${url}`, {
      method,
      headers: { 'content-type': 'application/json', ...(ip === undefined ? {} : { 'x-forwarded-for': ip }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
    return seen(answer.status, traceIdIn(answer.headers.get('server-timing') ?? ''));
  } catch {
    return seen(0);
  }
}

/** The trace that an answer's `server-timing` names. */
function traceIdIn(serverTiming: string): string | undefined {
  return /traceparent;desc="00-([0-9a-f]{32})-/u.exec(serverTiming)?.[1];
}
