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
  readonly #sending: NodeJS.Timeout;
  #waiting: object[] = [];

  constructor(target: EventTarget) {
    this.#target = target;
    this.#forgetting = setInterval(() => this.#failures.clear(), FORGET_MS);
    this.#sending = setInterval(() => void this.#send(), SEND_MS);
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
    clearInterval(this.#sending);
    await this.#send();
  }

  #add(event: object): void {
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(event);
  }

  /** No part of anybody's trace. What cannot be sent is not kept: it is not worth a shop's memory. */
  async #send(): Promise<void> {
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length === 0) return;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#target.token}` };
    const request = { method: 'POST', headers, body: JSON.stringify({ events }) };
    await context
      .with(suppressTracing(context.active()), () => fetch(`${this.#target.url}/security-events/ingest`, request))
      .then(
        (answer) => answer.body?.cancel(),
        () => undefined,
      );
  }
}
