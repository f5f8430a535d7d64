import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type QueryBounds } from '@aegisguard/model';
import type { Engine, EngineAnswer } from './engine.ts';
import { engineError } from './engine-error.ts';
import { LaneGate } from './lane-gate.ts';
import { textLiteral } from './sql-literal.ts';
import { untilAborted } from './until-aborted.ts';

/** How far one query may go, besides its time. */
export interface QueryLimits {
  readonly memoryBytesMax: number;
  readonly rowsReadMax: number;
  readonly resultBytesMax: number;
  readonly groupsMax: number;
  readonly threads: number;
}

/** What is different about a statement. */
export interface StatementTraits {
  /** For what is asked over all organizations, and for what is bounded otherwise. */
  readonly groupsMax?: number;
  /** Whether a projection answers it: the filters of the table itself, which the engine would look through before, need not be. */
  readonly isOfProjection?: boolean;
  /** Whether what is grouped lies in the order of the groups: then few of them are in memory at a time. */
  readonly isInOrder?: boolean;
  /** Whether expressions are not compiled: the compiler of ClickHouse 26.7 takes conditions over dictionary-coded values, pushed into a UNION, for plain numbers ("Invalid cast from LowCardinality(UInt8) to native type"). */
  readonly isInterpreted?: boolean;
}

/** Groups where every span may be one: their memory is bounded before. */
export const SPAN_GROUPS_MAX = 5_000_000;

type StatementBounds = StatementTraits & Pick<QueryLimits, 'resultBytesMax'>;

/** What no client waits for may take so long. */
const UPKEEP_MS = 60_000;
/** The engine stops itself in time; a server that does not answer at all is given up this much later. */
const SILENCE_MS = 2_000;
/** A statement that was not yet known to the engine when it was to be stopped is looked for again. */
const KILL_AGAIN_MS = 100;

/** The time that one call of a reader may take, over all its queries. */
export class Deadline {
  readonly #client: AbortSignal;
  readonly #expiresAt: number;
  readonly signal: AbortSignal;

  constructor({ signal, timeoutMs }: QueryBounds) {
    this.#client = signal;
    this.#expiresAt = performance.now() + timeoutMs;
    this.signal = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs) + SILENCE_MS)]);
  }

  /** Throws `query-cancelled` or `query-timeout` when it is over. */
  remainingMs(): number {
    if (this.#client.aborted) {
      throw new AegisError('query-cancelled', { cause: this.#client.reason });
    }
    const remainingMs = this.#expiresAt - performance.now();
    if (remainingMs <= 0 || this.signal.aborted) {
      throw new AegisError('query-timeout');
    }
    return remainingMs;
  }
}

/** Runs SELECTs within bounds: a lane each, time, memory, rows; a query whose client is gone is stopped in the engine. */
export class QueryRunner {
  readonly #engine: Engine;
  readonly #limits: QueryLimits;
  readonly #gate: LaneGate;
  /** Statements that are running, by the comment they can be stopped by. */
  readonly #running = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(engine: Engine, limits: QueryLimits) {
    this.#engine = engine;
    this.#limits = limits;
    this.#gate = new LaneGate(engine.laneCount);
  }

  /** Runs one SELECT (without SETTINGS and FORMAT); throws `AegisError` only. */
  async run(sql: string, deadline: Deadline, traits: StatementTraits = {}): Promise<EngineAnswer> {
    const bounds = { ...traits, resultBytesMax: this.#limits.resultBytesMax };
    return await this.#bounded(sql, deadline, bounds, (lane, bounded) =>
      this.#engine.select(lane, bounded, deadline.signal),
    );
  }

  /** The same, in pieces of the Native format, each of whole blocks. The answer has no rows but what they cost; how many there may be is the caller's to say: what `onPiece` throws ends the statement. */
  async stream(
    sql: string,
    deadline: Deadline,
    onPiece: (piece: Uint8Array) => void,
    traits: StatementTraits = {},
  ): Promise<EngineAnswer> {
    const begun = performance.now();
    const bounds = { ...traits, resultBytesMax: 0 };
    let bytesRead = 0;
    await this.#bounded(sql, deadline, bounds, (lane, bounded) =>
      this.#engine.stream(lane, bounded, deadline.signal, (piece) => {
        bytesRead += piece.length;
        onPiece(piece);
      }),
    );
    return { rows: [], elapsedMs: performance.now() - begun, rowsRead: 0, bytesRead };
  }

  /** The rows of a SELECT that no client waits for. */
  async rows(sql: string, timeoutMs = UPKEEP_MS): Promise<EngineAnswer['rows']> {
    const deadline = new Deadline({ signal: new AbortController().signal, timeoutMs });
    return (await this.run(sql, deadline)).rows;
  }

  /** Refuses new queries and stops the running ones: their clients can ask again, and a shutdown cannot wait for them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#running].map(([comment, ended]) => this.#stop(comment, ended)));
    await this.#gate.idle();
  }

  async #bounded<Answer>(
    sql: string,
    deadline: Deadline,
    bounds: StatementBounds,
    ask: (lane: number, sql: string) => Promise<Answer>,
  ): Promise<Answer> {
    const lane = await this.#lane(deadline);
    const comment = `aegisguard ${randomUUID()}`;
    let answer: Promise<Answer>;
    try {
      if (this.#isClosed) {
        throw closedError();
      }
      answer = ask(lane, `${sql} SETTINGS ${this.#settings(comment, deadline.remainingMs(), bounds)}`);
    } catch (error) {
      this.#gate.release(lane);
      throw error;
    }
    const end = () => {
      this.#running.delete(comment);
      this.#gate.release(lane);
    };
    const ended = answer.then(end, end);
    this.#running.set(comment, ended);
    try {
      return await untilAborted(answer, deadline.signal);
    } catch (error) {
      if (deadline.signal.aborted) {
        void this.#stop(comment, ended);
        deadline.remainingMs();
      }
      throw this.#isClosed ? closedError() : engineError(error, 'query');
    }
  }

  async #lane(deadline: Deadline): Promise<number> {
    try {
      return await this.#gate.acquire(deadline.signal);
    } catch (error) {
      if (deadline.signal.aborted) {
        deadline.remainingMs();
      }
      throw error;
    }
  }

  #settings(
    comment: string,
    remainingMs: number,
    { groupsMax = this.#limits.groupsMax, isOfProjection, isInOrder, isInterpreted, resultBytesMax }: StatementBounds,
  ): string {
    const { memoryBytesMax, rowsReadMax, threads } = this.#limits;
    return [
      `log_comment = ${textLiteral(comment)}`,
      // 0 would be no limit.
      `max_execution_time = ${Math.max(0.001, remainingMs / 1000).toFixed(3)}`,
      "timeout_overflow_mode = 'throw'",
      `max_memory_usage = ${memoryBytesMax}`,
      `max_rows_to_read = ${rowsReadMax}`,
      "read_overflow_mode = 'throw'",
      `max_result_bytes = ${resultBytesMax}`,
      "result_overflow_mode = 'throw'",
      `max_rows_to_group_by = ${groupsMax}`,
      "group_by_overflow_mode = 'throw'",
      `max_threads = ${threads}`,
      ...(isOfProjection === true ? ['use_skip_indexes = 0'] : []),
      ...(isInOrder === true ? ['optimize_aggregation_in_order = 1'] : []),
      ...(isInterpreted === true ? ['compile_expressions = 0'] : []),
      ...this.#engine.selectSettings,
    ].join(', ');
  }

  /** Asks the engine to stop a statement until it has ended: it may not have been known yet when it was asked first. */
  async #stop(comment: string, ended: Promise<void>): Promise<void> {
    let hasEnded = false;
    const end = ended.then(() => {
      hasEnded = true;
    });
    do {
      // The statement ends by its own time limit at the latest, so a failing kill is no harm.
      await this.#engine.kill(comment).catch(() => undefined);
      await Promise.race([end, delay(KILL_AGAIN_MS, undefined, { ref: false })]);
    } while (!hasEnded);
  }
}

function closedError(): AegisError {
  return new AegisError('unavailable', { internal: 'the store is closed' });
}
