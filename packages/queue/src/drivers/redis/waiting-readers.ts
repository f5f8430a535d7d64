import type { RedisConnection } from './redis-connection.ts';

/** Connections kept for the next one that waits. */
const IDLE_MAX = 4;

/** What a wait is for. */
export interface Wait {
  /** A list that gets an entry when there may be something to read. */
  readonly key: string;
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Waits for messages on connections of their own, since a connection that blocks serves nobody else. A wait is ended through another connection. */
export class WaitingReaders {
  private readonly connect: () => Promise<RedisConnection>;
  private readonly main: RedisConnection;
  private readonly idle: RedisConnection[] = [];
  private readonly stops = new Set<() => void>();
  private stopped = false;

  constructor(main: RedisConnection, connect: () => Promise<RedisConnection>) {
    this.main = main;
    this.connect = connect;
  }

  /** Resolves when there may be something to read, after `waitMs`, or when the wait was ended. Of several that wait one is woken. */
  async wait(wait: Wait): Promise<void> {
    const connection = this.idle.pop() ?? (await this.connect());
    try {
      await this.block(connection, wait);
      if (this.idle.length < IDLE_MAX && connection.isReady && !this.stopped) {
        this.idle.push(connection);
      } else {
        await connection.close();
      }
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  /** Ends all waits, and lets no new one begin. */
  stop(): void {
    this.stopped = true;
    for (const stop of [...this.stops]) {
      stop();
    }
  }

  /** Closes the connections; no wait may be under way. */
  async close(): Promise<void> {
    for (const connection of this.idle.splice(0)) {
      await connection.close();
    }
  }

  private async block(connection: RedisConnection, { key, signal, waitMs }: Wait): Promise<void> {
    if (this.stopped || signal?.aborted) {
      return;
    }
    const blockMs = Math.max(1, Math.ceil(waitMs));
    const id = connection.command<number>(['CLIENT', 'ID']);
    const reply = connection.command<unknown>(['BLPOP', key, (blockMs / 1000).toFixed(3)], blockMs);
    let settled = false;
    const stop = () => {
      void this.unblock(id, () => settled).catch(() => undefined);
    };
    this.stops.add(stop);
    signal?.addEventListener('abort', stop);
    try {
      await id;
      await reply;
    } finally {
      settled = true;
      this.stops.delete(stop);
      signal?.removeEventListener('abort', stop);
      reply.catch(() => undefined);
    }
  }

  /** Redis says 0 when the connection is not blocked, which it may be about to be. */
  private async unblock(id: Promise<number>, isSettled: () => boolean): Promise<void> {
    const client = String(await id);
    while (!isSettled() && (await this.main.command<number>(['CLIENT', 'UNBLOCK', client])) === 0) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}
