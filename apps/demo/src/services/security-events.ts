import { randomUUID } from 'node:crypto';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/** Where security events go, and on whose behalf. */
export interface EventTarget {
  readonly url: string;
  /** An ingest token. */
  readonly token: string;
}

/** In a row, on one account: no longer somebody who has forgotten a password. */
const GUESSES = 5;
const FORGET_MS = 10 * 60_000;
const SEND_MS = 2000;
const WAITING_MAX = 500;

/** Tells the product of logins that fail, as a system of one's own does. */
export class FailedLogins {
  readonly #target: EventTarget;
  readonly #failures = new Map<string, number>();
  readonly #forgetting: NodeJS.Timeout;
  readonly #ticking: NodeJS.Timeout;
  #waiting: object[] = [];
  /** What was not taken yet, under the name by which it is taken once. */
  #unsent: { readonly key: string; readonly events: readonly object[] } | undefined;
  #sending: Promise<void> | undefined;

  constructor(target: EventTarget) {
    this.#target = target;
    this.#forgetting = setInterval(() => this.#failures.clear(), FORGET_MS);
    this.#ticking = setInterval(() => void this.#send(), SEND_MS);
  }

  succeeded(account: string): void {
    this.#failures.delete(account);
  }

  failed(account: string, ip: string): void {
    const count = (this.#failures.get(account) ?? 0) + 1;
    this.#failures.set(account, count);
    const event = { timestamp: new Date().toISOString(), actor: account, ip, target: 'shop' };
    this.#add({ ...event, type: 'shop.login_failed', severity: 'low', message: 'Wrong password' });
    if (count !== GUESSES) return;
    const message = `${count} wrong passwords in a row: somebody may be guessing`;
    this.#add({ ...event, type: 'shop.password_guessing', severity: 'high', message });
  }

  async close(): Promise<void> {
    clearInterval(this.#forgetting);
    clearInterval(this.#ticking);
    await this.#sending;
    await this.#send();
    // What waited behind what was sent again.
    await this.#send();
  }

  #add(event: object): void {
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(event);
  }

  #send(): Promise<void> {
    this.#sending ??= this.#sendWaiting().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** No part of anybody's trace. What the product cannot take now, or may not have got, is sent again. */
  async #sendWaiting(): Promise<void> {
    if (this.#unsent === undefined && this.#waiting.length > 0) {
      this.#unsent = { key: randomUUID(), events: this.#waiting.splice(0) };
    }
    if (this.#unsent === undefined) return;
    const { key, events } = this.#unsent;
    const authorization = `Bearer ${this.#target.token}`;
    const headers = { 'content-type': 'application/json', authorization, 'x-idempotency-key': key };
    const request = { method: 'POST', headers, body: JSON.stringify({ events }) };
    try {
      const answer = await context.with(suppressTracing(context.active()), () =>
        fetch(`${this.#target.url}/security-events/ingest`, request),
      );
      await answer.body?.cancel();
      if (answer.status < 500 && answer.status !== 429) this.#unsent = undefined;
    } catch {
      // Nobody was there.
    }
  }
}
