import type { Accounts } from '@aegisguard/accounts';
import type { Logger } from 'pino';

const MINUTE_MS = 60_000;

/** Remembers which keys were used, and writes it down once a minute. What a crash cuts off is lost: it is for people who look for keys that nobody needs. */
export class KeyUse {
  private used = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly apiKeys: Pick<Accounts['apiKeys'], 'noteUse'>,
    private readonly logger: Logger,
    private readonly nowMs: () => number,
  ) {}

  /** Writes every minute from now on. */
  start(): void {
    this.timer = setInterval(() => void this.flush(), MINUTE_MS).unref();
  }

  /** A key proved itself. Lies on the path of every request, so it does as good as nothing; there are no more ids than keys. */
  note(keyId: string): void {
    this.used.set(keyId, this.nowMs());
  }

  /** Writes what is remembered, to the minute; what cannot be written is written with the next. */
  async flush(): Promise<void> {
    const { used } = this;
    if (used.size === 0) {
      return;
    }
    this.used = new Map();
    try {
      const minutes = [...used].map(([id, atMs]) => [id, new Date(atMs - (atMs % MINUTE_MS))] as const);
      await this.apiKeys.noteUse(new Map(minutes));
    } catch (error) {
      this.logger.warn({ err: error, keys: used.size }, 'the last use of keys could not be written; it waits');
      // What was used since is newer.
      this.used = new Map([...used, ...this.used]);
    }
  }

  /** Stops, and writes what is left. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }
}
