import { once } from 'node:events';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { type Engine, type EngineAnswer, engineAnswer, type InsertTarget, type JsonCompactAnswer } from './engine.ts';
import { NativeBlockCutter } from './native-block-cutter.ts';
import { columnLiteral, textLiteral } from './sql-literal.ts';

/** What a server is reached with. */
export interface ServerOptions {
  /** `http(s)://user:password@host:port`. */
  readonly url: string;
  readonly laneCount: number;
}

/** Statements end by their own limits before this; it only notices a server that has fallen silent. */
const SILENCE_MS = 120_000;

/** A ClickHouse server over HTTP. */
export class ServerEngine implements Engine {
  readonly laneCount: number;
  readonly selectSettings = [];
  readonly #client: ClickHouseClient;

  constructor({ url, laneCount }: ServerOptions) {
    this.laneCount = laneCount;
    this.#client = createClient({
      url,
      application: 'aegisguard',
      // Its messages hold statements, and those hold values of logs.
      log: { level: ClickHouseLogLevel.OFF },
      request_timeout: SILENCE_MS,
      // Besides the lanes: inserts, kills, probes.
      max_open_connections: laneCount + 6,
      // Answers are bounded by max_result_bytes; buffered, they have their final status, errors in the middle included.
      clickhouse_settings: { wait_end_of_query: 1 },
    });
  }

  async select(_lane: number, sql: string, signal: AbortSignal): Promise<EngineAnswer> {
    const result = await this.#client.query({ query: sql, format: 'JSONCompact', abort_signal: signal });
    return engineAnswer((await result.json()) as unknown as JsonCompactAnswer);
  }

  async stream(_lane: number, sql: string, signal: AbortSignal, onPiece: (piece: Uint8Array) => void): Promise<void> {
    const { stream } = await this.#client.exec({ query: `${sql} FORMAT Native`, abort_signal: signal });
    // What comes over the network is cut anywhere.
    const cutter = new NativeBlockCutter();
    for await (const bytes of stream) {
      const blocks = cutter.push(bytes as Uint8Array);
      if (blocks !== undefined) {
        onPiece(blocks);
      }
    }
    const rest = cutter.end();
    if (rest.length > 0) {
      onPiece(rest);
    }
  }

  async command(sql: string): Promise<void> {
    await this.#client.command({ query: sql });
  }

  async maintain(sql: string): Promise<void> {
    await this.command(sql);
  }

  async insert({ table, columns, settings }: InsertTarget, blocks: readonly Uint8Array[]): Promise<void> {
    const names = columns.map(([name]) => columnLiteral(name)).join(', ');
    const { stream } = await this.#client.exec({
      query: `INSERT INTO ${table} (${names}) SETTINGS ${settings} FORMAT Native`,
      values: Readable.from(blocks, { objectMode: false }),
    });
    // The answer is empty, but its socket is free for others only once it was read to the end.
    stream.resume();
    await once(stream, 'end');
  }

  async kill(comment: string): Promise<void> {
    await this.command(`KILL QUERY WHERE Settings['log_comment'] = ${textLiteral(comment)} ASYNC`);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
