import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { drainPending, Session } from 'chdb';
import { type ChdbConnection, createChdbConnection } from 'chdb/connection';
import { embeddedConfigXml } from './embedded-config.ts';
import { type Engine, type EngineAnswer, engineAnswer, type InsertTarget, type JsonCompactAnswer } from './engine.ts';
import { columnLiteral, textLiteral } from './sql-literal.ts';

/** What the embedded engine is opened with. */
export interface EmbeddedOptions {
  readonly path: string;
  readonly memoryBytesMax: number;
  readonly laneCount: number;
}

/** Directories that this process has open: a second engine on one would share its state unseen. */
const openPaths = new Set<string>();

const CONFIG_FILE = 'aegisguard-engine.xml';
const SPOOL_DIRECTORY = 'aegisguard-spool';

/**
 * ClickHouse in this process (chdb). A connection runs one statement at a time, so there is one for each lane, one for inserts, one for upkeep and one for everything else. Every running
 * statement holds a thread of libuv's pool: UV_THREADPOOL_SIZE must be at least `laneCount` + 3 above what the program needs besides.
 */
export class EmbeddedEngine implements Engine {
  readonly laneCount: number;
  /** By default a thread is given only where a GiB of the engine's memory is free, so a query would never get a second one. */
  readonly selectSettings = ['max_threads_min_free_memory_per_thread = 33554432'];
  readonly #path: string;
  readonly #session: Session;
  readonly #lanes: Lane[];
  readonly #inserter: ClickHouseClient;
  readonly #maintainer: ClickHouseClient;
  readonly #control: ClickHouseClient;
  #inserts = 0;

  /** Opens the directory, which is made when it does not exist; throws a plain sentence when another process has it. */
  constructor({ path, memoryBytesMax, laneCount }: EmbeddedOptions) {
    this.#path = resolve(path);
    this.laneCount = laneCount;
    if (/[*?{}]/.test(this.#path)) {
      throw new Error(`The path of the log store must not contain * ? { or }: ${this.#path}`);
    }
    if (openPaths.has(this.#path)) {
      throw new Error(`The log store at ${this.#path} is already open in this process.`);
    }
    const spool = join(this.#path, SPOOL_DIRECTORY);
    mkdirSync(spool, { recursive: true, mode: 0o700 });
    const config = join(this.#path, CONFIG_FILE);
    writeFileSync(config, embeddedConfigXml(memoryBytesMax), { mode: 0o600 });
    // The first connection starts the engine and must be the one that brings its configuration; it stays open so that the engine does.
    this.#session = openSession(this.#path, config);
    openPaths.add(this.#path);
    // Only now that the directory is ours.
    rmSync(spool, { recursive: true });
    mkdirSync(spool, { mode: 0o700 });
    this.#lanes = Array.from({ length: laneCount }, () => openLane(this.#path));
    this.#inserter = openLane(this.#path).client;
    this.#maintainer = openLane(this.#path).client;
    this.#control = openLane(this.#path).client;
  }

  async select(lane: number, sql: string): Promise<EngineAnswer> {
    return await this.#onLane(lane, async ({ client }) => {
      const result = await client.query({ query: sql, format: 'JSONCompact' });
      return engineAnswer((await result.json()) as unknown as JsonCompactAnswer);
    });
  }

  async stream(lane: number, sql: string, _signal: AbortSignal, onPiece: (piece: Uint8Array) => void): Promise<void> {
    await this.#onLane(lane, async ({ connection }) => {
      for await (const chunk of connection.chdb.queryStream(sql, { format: 'Native' })) {
        onPiece(chunk.raw());
      }
    });
  }

  async command(sql: string): Promise<void> {
    await this.#control.command({ query: sql });
  }

  async maintain(sql: string): Promise<void> {
    await this.#maintainer.command({ query: sql });
  }

  /**
   * The engine reads the blocks from a file that is gone again before it reaches the disk. Its interface takes only text formats inline (it cuts the statement at an empty
   * line), and parsing text costs three times the CPU.
   */
  async insert({ table, columns, settings }: InsertTarget, blocks: readonly Uint8Array[]): Promise<void> {
    this.#inserts += 1;
    const path = join(this.#path, SPOOL_DIRECTORY, `${this.#inserts}.native`);
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writev(blocks);
      } finally {
        await file.close();
      }
      const names = columns.map(([name]) => columnLiteral(name)).join(', ');
      const structure = columns.map(([name, type]) => `${columnLiteral(name)} ${type}`).join(', ');
      await this.#inserter.command({
        query: `INSERT INTO ${table} (${names}) SELECT ${names} FROM file(${textLiteral(path)}, 'Native', ${textLiteral(structure)}) SETTINGS ${settings}`,
      });
    } finally {
      await rm(path, { force: true });
    }
  }

  async kill(comment: string): Promise<void> {
    await this.command(`KILL QUERY WHERE Settings['log_comment'] = ${textLiteral(comment)} ASYNC`);
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#lanes.map(({ client }) => client), this.#inserter, this.#maintainer, this.#control].map((client) =>
        client.close(),
      ),
    );
    this.#session.close();
    await drainPending();
    openPaths.delete(this.#path);
  }

  async #onLane<Answer>(lane: number, ask: (lane: Lane) => Promise<Answer>): Promise<Answer> {
    const open = this.#lanes[lane];
    if (open === undefined) {
      throw new RangeError(`no lane ${lane}`);
    }
    try {
      return await ask(open);
    } catch (error) {
      // chdb 3.4 begins the next answer of the connection with what the failed statement had written so far: another query's rows. JSONCompact answers cannot be joined unnoticed,
      // and the connection is not used again.
      this.#lanes[lane] = openLane(this.#path);
      await open.client.close();
      throw error;
    }
  }
}

/** A connection and the client over it. */
interface Lane {
  readonly client: ClickHouseClient;
  readonly connection: ChdbConnection;
}

type Connection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>;

function openLane(path: string): Lane {
  const connection = createChdbConnection({ path });
  // The client's messages hold statements, and those hold values of logs. chdb declares the interface with @clickhouse/client-common's types, the client with its own copy of them.
  const client = createClient({
    connection: connection as unknown as Connection,
    log: { level: ClickHouseLogLevel.OFF },
  });
  return { client, connection };
}

function openSession(path: string, config: string): Session {
  try {
    return new Session(path, { connectionArgs: [`--config-file=${config}`] });
  } catch (error) {
    const holder = holderOf(path);
    throw new Error(
      holder === undefined
        ? `The log store at ${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`
        : `The log store at ${path} is in use by process ${holder}. Only one process at a time can have it open.`,
      { cause: error },
    );
  }
}

/** The process that the engine's status file names, when it lives. */
function holderOf(path: string): number | undefined {
  const status = join(path, 'status');
  const pid = Number(existsSync(status) ? /PID: (\d+)/.exec(readFileSync(status, 'utf8'))?.[1] : Number.NaN);
  if (!Number.isInteger(pid) || pid === process.pid) {
    return undefined;
  }
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}
