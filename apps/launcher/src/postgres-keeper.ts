import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@aegisguard/embedded-postgres';
import { restartDelayMs } from '@aegisguard/supervision';
import { PostgresLog } from './postgres-log.ts';

/** What the keeper needs. */
export interface PostgresKeeperOptions {
  readonly dataDir: string;
  /** For the user: what happened to the server, and what it warns of itself. */
  readonly say: (line: string) => void;
  /** The server was restarted and has another URL than before. */
  readonly onMoved: () => void;
}

/** Runs the embedded PostgreSQL and starts it again whenever it dies. */
export class PostgresKeeper {
  readonly #options: PostgresKeeperOptions;
  readonly #log: PostgresLog;
  #server: EmbeddedPostgres;
  readonly #stopping = new AbortController();
  #revival: Promise<void> | undefined;

  private constructor(options: PostgresKeeperOptions, log: PostgresLog, server: EmbeddedPostgres) {
    this.#options = options;
    this.#log = log;
    this.#server = server;
    this.#watch(server);
  }

  /** Starts the server; throws when it cannot be started at all. */
  static async start(options: PostgresKeeperOptions): Promise<PostgresKeeper> {
    const log = new PostgresLog(options.say);
    return new PostgresKeeper(options, log, await startServer(options.dataDir, log));
  }

  /** Where the server listens now; holds its password. */
  get url(): string {
    return this.#server.url;
  }

  get pid(): number {
    return this.#server.pid;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#revival;
    await this.#server.stop();
  }

  #watch(server: EmbeddedPostgres): void {
    server.exited.then(
      () => this.#onExit(),
      () => this.#onExit(),
    );
  }

  #onExit(): void {
    if (!this.#stopping.signal.aborted) this.#revival = this.#revive();
  }

  async #revive(): Promise<void> {
    const { signal } = this.#stopping;
    for (let attempt = 1; !signal.aborted; attempt++) {
      const pauseMs = restartDelayMs(attempt);
      this.#options.say(`PostgreSQL has ended; starting it again in ${pauseMs} ms`);
      try {
        await delay(pauseMs, undefined, { signal });
        const urlBefore = this.#server.url;
        this.#server = await startServer(this.#options.dataDir, this.#log);
        this.#watch(this.#server);
        if (!signal.aborted && this.#server.url !== urlBefore) this.#options.onMoved();
        return;
      } catch (error) {
        if (!signal.aborted) this.#options.say(`PostgreSQL does not start: ${messageOf(error)}`);
      }
    }
  }
}

function startServer(dataDir: string, log: PostgresLog): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, onLog: (line) => log.hear(line) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
