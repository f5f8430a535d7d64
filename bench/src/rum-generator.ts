import { Random } from '@aegisguard/testkit';

const TYPES = ['view', 'vital', 'vital', 'resource', 'resource', 'resource', 'action', 'error'] as const;
const PAGES = ['/', '/products', '/products/42', '/cart', '/checkout', '/account'] as const;
const VITALS = ['LCP', 'INP', 'CLS', 'TTFB', 'FCP'] as const;

/** Bodies of `POST /v1/rum`: each is one session, all between `endMs` and an hour before. */
export function rumLoad(
  batches: number,
  batchEvents: number,
  span: { readonly endMs: number; readonly spanMs: number },
): { readonly bodies: readonly Buffer[]; readonly lastSessionId: string } {
  const random = new Random(20_261_127);
  const stepMs = span.spanMs / (batches * batchEvents);
  let timeMs = span.endMs - span.spanMs;
  let lastSessionId = '';
  const bodies = Array.from({ length: batches }, () => {
    lastSessionId = random.hex(32);
    const viewId = random.hex(16);
    const events = Array.from({ length: batchEvents }, () => {
      timeMs += stepMs;
      return eventOf(random, viewId, timeMs);
    });
    const session = { application: 'shop', release: '2.4.1', env: 'production', sessionId: lastSessionId };
    return Buffer.from(JSON.stringify({ ...session, userId: `u-${random.below(5000)}`, events }));
  });
  return { bodies, lastSessionId };
}

function eventOf(random: Random, viewId: string, timeMs: number): object {
  const type = random.pick(TYPES);
  const page = random.pick(PAGES);
  const event = { type, timestamp: new Date(timeMs).toISOString(), viewId, url: `https://shop.example${page}` };
  switch (type) {
    case 'vital':
      return { ...event, name: random.pick(VITALS), value: random.below(400_000) / 100 };
    case 'resource':
      return { ...event, name: `/assets/chunk-${random.below(40)}.js`, durationMs: random.below(20_000) / 100 };
    case 'error':
      return { ...event, name: 'TypeError: x is undefined', stack: `at render (app.js:${random.below(999)}:17)` };
    default:
      return { ...event, name: page, attributes: { element: `button-${random.below(30)}` } };
  }
}
