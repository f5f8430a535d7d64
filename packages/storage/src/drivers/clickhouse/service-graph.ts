import { randomUUID } from 'node:crypto';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import { GraphInserts } from './graph-inserts.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { CLIENT_SECONDS, PRODUCER_SECONDS } from './service-graph-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';
import type { StorageLogger } from './storage-logger.ts';

/** Spans that came within so many seconds are looked at together. */
const WINDOW_SECONDS = 15;
/** A window is looked at so long after its end: an insert takes 20 seconds at most, from when it is stamped until it is seen. */
const SETTLE_SECONDS = 20;
const STATEMENT_SECONDS_MAX = 60;
/** How long one call goes on beginning windows. */
const CALL_MS = 10_000;
/** So often a window may fail, whatever the reason; then what fails of it is left out. */
const FAILURES_MAX = 5;
/** Larger traces have no edges; nothing like a trace comes to more in half an hour. */
const TRACE_SPANS_MAX = 100_000;

/** What it works with. */
export interface ServiceGraphParts {
  readonly engine: Engine;
  readonly runner: QueryRunner;
  readonly tables: TableNames;
  readonly memoryBytesMax: number;
  readonly logger: StorageLogger;
  readonly traceSpansMax?: number | undefined;
}

/**
 * Makes edges and hours of the spans that came in a window of time, once the window is over for good. What a window comes to depends on its spans alone, and its inserts have a token by which the engine knows them: a window that is looked
 * at again, after a crash or by another process, adds nothing. Windows are settled in order, so none may hold up the next: what is too much is left out.
 */
export class ServiceGraph {
  readonly #engine: Engine;
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #inserts: GraphInserts;
  readonly #comment = `aegisguard ${randomUUID()}`;
  /** The window that failed last, and how often in a row. */
  #failed = { from: 0, times: 0 };
  #lastCall: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor({ engine, runner, tables, memoryBytesMax, logger, traceSpansMax = TRACE_SPANS_MAX }: ServiceGraphParts) {
    this.#engine = engine;
    this.#runner = runner;
    this.#tables = tables;
    const settings = [
      `log_comment = ${textLiteral(this.#comment)}`,
      `max_execution_time = ${STATEMENT_SECONDS_MAX}`,
      "timeout_overflow_mode = 'throw'",
      `max_memory_usage = ${memoryBytesMax}`,
      'max_threads = 1',
      'max_insert_threads = 1',
      // One block: a token is of one.
      'min_insert_block_size_rows = 10000000',
      'min_insert_block_size_bytes = 0',
      'max_partitions_per_insert_block = 10000',
      'async_insert = 0',
      'insert_deduplicate = 1',
      'deduplicate_blocks_in_dependent_materialized_views = 1',
    ].join(', ');
    this.#inserts = new GraphInserts({ engine, runner, tables, logger, traceSpansMax, settings });
  }

  /** How many windows were looked at. */
  async settle(nowMs: number): Promise<number> {
    const call = this.#lastCall.then(() => this.#settle(nowMs));
    this.#lastCall = call.catch(() => undefined);
    return await call;
  }

  /** Stops what is under way; it will be done at another time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#inserts.close();
    await this.#engine.kill(this.#comment).catch(() => undefined);
    await this.#lastCall;
  }

  async #settle(nowMs: number): Promise<number> {
    const begun = performance.now();
    let settled = 0;
    for (const { from, spans } of await this.#pending(windowOf(nowMs / 1000 - SETTLE_SECONDS))) {
      if (this.#isClosed || performance.now() - begun > CALL_MS) {
        break;
      }
      const { times } = this.#failed.from === from ? this.#failed : { times: 0 };
      try {
        await this.#settleWindow(from, spans, times >= FAILURES_MAX);
      } catch (error) {
        this.#failed = { from, times: times + 1 };
        throw error;
      }
      settled += 1;
    }
    return settled;
  }

  /** The windows before `end` that have not been looked at and in which spans came, or the waiting for others' ended; in order. */
  async #pending(end: number): Promise<readonly { readonly from: number; readonly spans: number }[]> {
    const [[latest = 0] = []] = await this.#select(
      `SELECT toUnixTimestamp(max(window_end)) FROM ${this.#tables.graphWindows} WHERE too_much = ''`,
    );
    const done = Number(latest);
    const since = wholeNumberLiteral(Math.max(0, done - PRODUCER_SECONDS));
    const counts = await this.#select(
      `SELECT intDiv(toUnixTimestamp(inserted_at), ${WINDOW_SECONDS}) * ${WINDOW_SECONDS} AS time, count(), countIf(kind = 'client' AND peer_type != ''), countIf(kind = 'producer' AND peer_type != '') FROM ${this.#tables.graphSpans} WHERE inserted_at >= toDateTime(${since}, 'UTC') GROUP BY time`,
    );
    const windows = new Map<number, number>();
    for (const [time, ...came] of counts.map((row) => row.map(Number))) {
      const from = time ?? 0;
      for (const [place, delay] of [0, CLIENT_SECONDS, PRODUCER_SECONDS].entries()) {
        const count = came[place] ?? 0;
        if (count > 0) {
          windows.set(from + delay, (windows.get(from + delay) ?? 0) + count);
        }
      }
    }
    return [...windows]
      .map(([from, spans]) => ({ from, spans }))
      .filter(({ from }) => from >= done && from + WINDOW_SECONDS <= end)
      .sort((left, right) => left.from - right.from);
  }

  async #settleWindow(from: number, spans: number, isLastTry: boolean): Promise<void> {
    const to = from + WINDOW_SECONDS;
    await this.#inserts.add({ from, to, spans }, isLastTry);
    try {
      await this.#engine.maintain(
        `INSERT INTO ${this.#tables.graphWindows} (window_end) SELECT toDateTime(${wholeNumberLiteral(to)}, 'UTC')`,
      );
    } catch (error) {
      throw engineError(error, 'command');
    }
  }

  async #select(sql: string): Promise<readonly (readonly unknown[])[]> {
    const deadline = new Deadline({ signal: new AbortController().signal, timeoutMs: STATEMENT_SECONDS_MAX * 1000 });
    return (await this.#runner.run(sql, deadline)).rows;
  }
}

function windowOf(seconds: number): number {
  return Math.floor(seconds / WINDOW_SECONDS) * WINDOW_SECONDS;
}
