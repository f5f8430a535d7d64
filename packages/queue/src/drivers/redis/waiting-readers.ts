import type { RedisConnection } from './redis-connection.ts';

/** Connections kept for the next one that waits. */
const IDLE_MAX = 4;

/** One message as XREADGROUP gives it. */
export type StreamEntry = readonly [id: Buffer, fields: readonly Buffer[]];

/** What a blocking read asks for. */
export interface WaitingRead {
  readonly key: string;
  readonly group: string;
  readonly consumer: string;
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

  /** The first new message, or undefined when none came in time or the wait was ended. */
  async next(read: WaitingRead): Promise<StreamEntry | undefined> {
    const connection = this.idle.pop() ?? (await this.connect());
    try {
      const entry = await this.block(connection, read);
      if (this.idle.length < IDLE_MAX && connection.isReady && !this.stopped) {
        this.idle.push(connection);
      } else {
        await connection.close();
      }
      return entry;
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

  private async block(connection: RedisConnection, read: WaitingRead): Promise<StreamEntry | undefined> {
    const { key, group, consumer, signal } = read;
    if (this.stopped || signal?.aborted) {
      return undefined;
    }
    const waitMs = Math.max(1, Math.ceil(read.waitMs));
    const id = connection.command<number>(['CLIENT', 'ID']);
    const reply = connection.command<readonly [Buffer, readonly StreamEntry[]][] | null>(
      ['XREADGROUP', 'GROUP', group, consumer, 'COUNT', '1', 'BLOCK', String(waitMs), 'STREAMS', key, '>'],
      waitMs,
    );
    let settled = false;
    const stop = () => {
      void this.unblock(id, () => settled).catch(() => undefined);
    };
    this.stops.add(stop);
    signal?.addEventListener('abort', stop);
    try {
      await id;
      return (await reply)?.[0]?.[1][0];
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
