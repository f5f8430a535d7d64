import type { Chance } from '../chance.ts';

/** Where events go. */
export interface RumTarget {
  /** The server's base URL. */
  readonly url: string;
  /** A browser key. */
  readonly key: string;
}

/** Where the shop pretends to be; the browser key is bound to it. */
export const SHOP_ORIGIN = 'https://shop.example';

/** An answer as the page saw it. */
export interface SeenAnswer {
  readonly url: string;
  readonly method: string;
  /** 0: none came. */
  readonly status: number;
  readonly durationMs: number;
  /** The trace that the server named. */
  readonly traceId: string | undefined;
}

interface RumEvent {
  readonly type: 'view' | 'vital' | 'error' | 'resource' | 'action';
  readonly timestamp: string;
  readonly viewId: string;
  readonly url: string;
  readonly name: string;
  readonly value?: number;
  readonly durationMs?: number;
  readonly stack?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** What a page tells of itself while somebody looks at it. */
export class RumSession {
  readonly #target: RumTarget;
  readonly #chance: Chance;
  readonly #header: Readonly<Record<string, string>>;
  readonly #userAgent: string;
  #events: RumEvent[] = [];
  #viewId = '';
  #page = '/';

  constructor(
    target: RumTarget,
    chance: Chance,
    visitor: { readonly userId: string; readonly userAgent: string; readonly release: string },
  ) {
    this.#target = target;
    this.#chance = chance;
    this.#userAgent = visitor.userAgent;
    this.#header = {
      application: 'shop',
      release: visitor.release,
      env: 'production',
      sessionId: chance.hex(32),
      userId: visitor.userId,
    };
  }

  /** A page opens: what was noticed since the last one is sent, as `sendBeacon` does. */
  async view(page: string): Promise<void> {
    await this.send();
    this.#viewId = this.#chance.hex(16);
    this.#page = page;
  }

  /** The page's data has come: the view is complete, and its vitals are known. */
  loaded(answer: SeenAnswer): void {
    const chance = this.#chance;
    this.resource(answer);
    const firstByteMs = chance.around(60);
    const paintMs = firstByteMs + chance.around(400);
    this.#add({ type: 'view', name: this.#page, durationMs: round(paintMs + answer.durationMs) });
    this.#add({ type: 'vital', name: 'TTFB', value: round(firstByteMs) });
    this.#add({ type: 'vital', name: 'FCP', value: round(paintMs) });
    this.#add({ type: 'vital', name: 'LCP', value: round(paintMs + answer.durationMs + chance.around(300)) });
    this.#add({ type: 'vital', name: 'CLS', value: Math.round(chance.around(0.04) * 1000) / 1000 });
  }

  /** Something was asked for; a failure shows as an error of the page. */
  resource({ url, method, status, durationMs, traceId }: SeenAnswer): void {
    const attributes = { method, status, kind: 'fetch', ...(traceId === undefined ? {} : { traceId }) };
    this.#add({ type: 'resource', name: `${SHOP_ORIGIN}${url}`, durationMs: round(durationMs), attributes });
    if (status !== 0 && status < 500) return;
    this.#add({
      type: 'error',
      name: `RequestError: ${method} ${url.replace(/\d+/gu, ':id')} answered ${status}`,
      stack: `RequestError: answered ${status}\n    at request (${SHOP_ORIGIN}/assets/app.js:214:11)\n    at async load (${SHOP_ORIGIN}/assets/app.js:388:5)`,
      attributes,
    });
  }

  action(name: string): void {
    this.#add({ type: 'action', name });
    this.#add({ type: 'vital', name: 'INP', value: round(this.#chance.around(70)) });
  }

  async send(): Promise<void> {
    const events = this.#events;
    this.#events = [];
    if (events.length === 0) return;
    await fetch(`${this.#target.url}/v1/rum?key=${encodeURIComponent(this.#target.key)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: SHOP_ORIGIN, 'user-agent': this.#userAgent },
      body: JSON.stringify({ ...this.#header, events }),
      // A page does not mind what becomes of its beacons.
    }).then(
      (answer) => answer.body?.cancel(),
      () => undefined,
    );
  }

  #add(event: Omit<RumEvent, 'timestamp' | 'viewId' | 'url'>): void {
    const url = `${SHOP_ORIGIN}${this.#page}`;
    this.#events.push({ ...event, timestamp: new Date().toISOString(), viewId: this.#viewId, url });
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
