import { randomUUID } from 'node:crypto';
import { AegisError, type OrgId } from '@aegisguard/model';
import { readCatch, writeCatch } from '../catch-message.ts';
import { HEARTBEAT_MS, type OnCatch, type OpenTail, type TailCatch, type TailExchange } from '../driver.ts';
import { TailDirectory } from '../tail-directory.ts';
import { TailListeners } from '../tail-listeners.ts';

/** What the Redis driver needs. */
export interface RedisTailsOptions {
  readonly url: string;
  /** Told of a lost connection; the client reconnects by itself. */
  readonly onError?: (error: Error) => void;
}

/** What is used of a client. */
interface Connection {
  publish(channel: string, message: string): Promise<number>;
  subscribe(channel: string, onMessage: (message: string) => void): Promise<void>;
  close(): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 5000;
const RETRY_AFTER_SECONDS = 5;
/** Processes say here which tails they have: `<process id> <JSON>`; nothing but an id asks all others to say it. */
const ANNOUNCEMENTS = 'tail:announcements';
/** Messages that the server has not taken yet hold at most this many characters; what comes on top is counted, not sent. */
const UNSENT_CHARS_MAX = 16 * 1024 ** 2;
/** Tails whose missed lines are counted until they can be told. */
const MISSED_TAILS_MAX = 10_000;

/**
 * Tails through Redis's publish and subscribe: nothing is stored. Every process that has tails says so each second and when they change, and forgets others that fell silent; a catch goes to the channels of the processes that have its
 * query. https://redis.io/docs/latest/develop/pubsub/
 */
export async function openRedisTails({ url, onError }: RedisTailsOptions): Promise<TailExchange> {
  // The client is hundreds of modules: only who uses it loads it.
  const { createClient } = await import('redis');
  const connect = async (): Promise<Connection> => {
    const client = createClient({ url, disableOfflineQueue: true, commandOptions: { timeout: COMMAND_TIMEOUT_MS } });
    // Without a listener a lost connection would end the process.
    client.on('error', (error: Error) => onError?.(error));
    await client.connect();
    return {
      publish: (channel, message) => client.publish(channel, message),
      subscribe: (channel, onMessage) => client.subscribe(channel, onMessage),
      close: async () => {
        if (client.isOpen) {
          await client.close().catch(() => client.destroy());
        }
      },
    };
  };
  const [publisher, subscriber] = await reach(() => Promise.all([connect(), connect()]));
  const tails = new RedisTails(publisher, subscriber);
  await reach(() => tails.start());
  return tails;
}

class RedisTails implements TailExchange {
  readonly #processId = randomUUID();
  readonly #listeners = new TailListeners();
  readonly #directory = new TailDirectory();
  /** Lines that a tail has missed on the way, by channel and tail, until they can be told. */
  readonly #missed = new Map<string, number>();
  readonly #publisher: Connection;
  readonly #subscriber: Connection;
  #unsentChars = 0;
  /** The announcement that is on its way, and the next one. */
  #told: Promise<void> = Promise.resolve();
  #toTell: Promise<void> | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(publisher: Connection, subscriber: Connection) {
    this.#publisher = publisher;
    this.#subscriber = subscriber;
  }

  async start(): Promise<void> {
    await this.#subscriber.subscribe(channelOf(this.#processId), (message) => {
      const { orgId, caught } = readCatch(message);
      this.#listeners.deliver(orgId, caught);
    });
    await this.#subscriber.subscribe(ANNOUNCEMENTS, (message) => this.#hear(message));
    await this.#publisher.publish(ANNOUNCEMENTS, this.#processId);
    this.#beat = setInterval(() => {
      this.#directory.sweep(performance.now());
      if (this.#listeners.all().length > 0) {
        this.#announce().catch(() => undefined);
      }
    }, HEARTBEAT_MS);
    this.#beat.unref();
  }

  async open(orgId: OrgId, query: string, onCatch: OnCatch): Promise<OpenTail> {
    const close = () => {
      if (this.#listeners.remove(orgId, query, onCatch)) {
        // Should it be lost, the next beat says it.
        this.#announce().catch(() => undefined);
      }
    };
    this.#listeners.add(orgId, query, onCatch);
    try {
      // Also for a query that has tails already: their announcement may still be on its way.
      await reach(() => this.#announce());
    } catch (error) {
      close();
      throw error;
    }
    return { close };
  }

  queriesOf(orgId: OrgId): readonly string[] {
    return this.#directory.of(orgId).queries;
  }

  publish(orgId: OrgId, caught: readonly TailCatch[]): void {
    for (const each of caught) {
      for (const processId of this.#directory.of(orgId).processesOf.get(each.query) ?? []) {
        this.#send(orgId, channelOf(processId), each);
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#listeners.clear();
    await this.#announce().catch(() => undefined);
    await Promise.all([this.#publisher.close(), this.#subscriber.close()]);
  }

  /** This process knows its own tails at once, the others when Redis has told them. What changes while an announcement is on its way is said together, in the next one. */
  #announce(): Promise<void> {
    const text = () => JSON.stringify(this.#listeners.all());
    this.#directory.hear(this.#processId, text(), performance.now());
    this.#toTell ??= this.#told.then(async () => {
      this.#toTell = undefined;
      await this.#publisher.publish(ANNOUNCEMENTS, `${this.#processId} ${text()}`);
    });
    this.#told = this.#toTell.catch(() => undefined);
    return this.#toTell;
  }

  #hear(message: string): void {
    const idLength = this.#processId.length;
    const from = message.slice(0, idLength);
    if (from === this.#processId) {
      return;
    }
    if (message.length > idLength) {
      this.#directory.hear(from, message.slice(idLength + 1), performance.now());
    } else if (this.#listeners.all().length > 0) {
      this.#announce().catch(() => undefined);
    }
  }

  #send(orgId: OrgId, channel: string, caught: TailCatch): void {
    const tail = `${channel} ${orgId} ${caught.query}`;
    const dropped = caught.dropped + (this.#missed.get(tail) ?? 0);
    this.#missed.delete(tail);
    const whole = writeCatch(orgId, { ...caught, dropped });
    const isTooMuch = this.#unsentChars + whole.length > UNSENT_CHARS_MAX;
    const missed = dropped + caught.lines.length;
    const message = isTooMuch ? writeCatch(orgId, { ...caught, lines: [], dropped: missed }) : whole;
    this.#unsentChars += message.length;
    void this.#publisher
      .publish(channel, message)
      // Nobody hears it while the other process connects again.
      .then((receivers) => receivers > 0)
      .catch(() => false)
      .then((isHeard) => {
        this.#unsentChars -= message.length;
        if (!isHeard && this.#missed.size < MISSED_TAILS_MAX) {
          this.#missed.set(tail, (this.#missed.get(tail) ?? 0) + missed);
        }
      });
  }
}

function channelOf(processId: string): string {
  return `tail:caught:${processId}`;
}

async function reach<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw new AegisError('unavailable', {
      internal: 'Redis cannot tell other processes of tails',
      cause: error,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
