import { randomUUID } from 'node:crypto';
import { type OrgId, parseOrgId } from '@aegisguard/model';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import type { TableNames } from './log-table.ts';
import {
  hourCondition,
  minutesInsert,
  pendingHoursQuery,
  type RollupSlice,
  rolledInsert,
  widerInsert,
} from './metric-rollup-sql.ts';
import { UsageFolding } from './metric-usage.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecentMap } from './recent-map.ts';
import { textLiteral } from './sql-literal.ts';

/** An hour is computed this long after its end. */
const SETTLE_MS = 5 * 60_000;
/** Hours of organizations in one call, and how long it goes on beginning new ones. */
const HOURS_AT_ONCE = 200;
const CALL_MS = 20_000;
/** An hour that cannot be computed waits this long, then twice as long each time; so many are kept in mind. */
const RETRY_MS = 3_600_000;
const FAILED_MAX = 10_000;
/** Hours are looked up over all organizations. */
const HOURS_MAX = 5_000_000;
/** What one statement computes: some tens of MB of the engine's memory. */
const SLICE_SAMPLES = 1_000_000;
const SLICE_SERIES = 5_000;
const STATEMENT_SECONDS_MAX = 60;
const QUERY_MS = 60_000;

type Hour = Omit<RollupSlice, 'slice' | 'slices'>;
type PendingHour = Omit<Hour, 'version'>;

/**
 * Computes rollups from the stored samples: whole hours of organizations, anew whenever samples came. What was computed in part before a crash is computed again, for the hour is
 * noted as done at its end. Organizations take turns, and an hour that cannot be computed holds up no other.
 */
export class MetricRollup {
  readonly #engine: Engine;
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #settings: string;
  readonly #comment = `aegisguard ${randomUUID()}`;
  readonly #folding: UsageFolding;
  /** By organization and hour, in Unix ms. */
  readonly #failed = new RecentMap<string, { readonly againMs: number; readonly waitMs: number }>(FAILED_MAX);
  /** When an organization had its last turn. */
  readonly #turns = new RecentMap<OrgId, number>(FAILED_MAX);
  #lastCall: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(engine: Engine, runner: QueryRunner, tables: TableNames, memoryBytesMax: number) {
    this.#engine = engine;
    this.#runner = runner;
    this.#tables = tables;
    this.#folding = new UsageFolding(tables, (sql) => this.#maintain(sql));
    this.#settings = [
      `log_comment = ${textLiteral(this.#comment)}`,
      `max_execution_time = ${STATEMENT_SECONDS_MAX}`,
      "timeout_overflow_mode = 'throw'",
      `max_memory_usage = ${memoryBytesMax}`,
      // A rollup gives way to queries and inserts.
      'max_threads = 1',
      'max_insert_threads = 1',
      'min_insert_block_size_rows = 1000000',
    ].join(', ');
  }

  /** How many hours were computed; when it is not 0, there may be more to do. */
  async rollUp(nowMs: number): Promise<number> {
    const call = this.#lastCall.then(() => this.#rollUp(nowMs));
    this.#lastCall = call.catch(() => undefined);
    return await call;
  }

  /** Stops what is under way; it will be done at another time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#engine.kill(this.#comment).catch(() => undefined);
    await this.#lastCall;
  }

  async #rollUp(nowMs: number): Promise<number> {
    const begun = performance.now();
    let computed = 0;
    const failures: unknown[] = [];
    for (const hour of await this.#pending(nowMs)) {
      if (this.#isClosed || performance.now() - begun > CALL_MS) {
        break;
      }
      this.#turns.set(hour.orgId, performance.now());
      try {
        // Before the samples are read: what comes during the computation is later than this.
        const [[version] = []] = await this.#select('SELECT toUnixTimestamp64Milli(now64(3))');
        await this.#compute({ ...hour, version: Number(version) });
        this.#failed.delete(keyOf(hour));
        computed += 1;
      } catch (error) {
        const waitMs = 2 * (this.#failed.get(keyOf(hour))?.waitMs ?? RETRY_MS / 2);
        this.#failed.set(keyOf(hour), { againMs: nowMs + waitMs, waitMs });
        failures.push(error);
      }
    }
    if (!this.#isClosed) {
      await this.#folding.fold(nowMs);
      if (failures.length > 0) {
        throw new AggregateError(failures, `the rollups of ${failures.length} hours could not be computed`);
      }
    }
    return computed;
  }

  /** Who waited longest comes first. */
  async #pending(nowMs: number): Promise<PendingHour[]> {
    const limit = HOURS_AT_ONCE + this.#failed.size;
    const rows = await this.#select(pendingHoursQuery(this.#tables, nowMs - SETTLE_MS, limit));
    const hours = rows.map(([orgId, hourEnd, retentionDays]) => ({
      orgId: parseOrgId(String(orgId)),
      hourEndMs: Number(hourEnd) * 1000,
      retentionDays: Number(retentionDays),
    }));
    const lastTurn = new Map(hours.map(({ orgId }) => [orgId, this.#turns.get(orgId) ?? 0]));
    return hours
      .filter((hour) => (this.#failed.get(keyOf(hour))?.againMs ?? nowMs) <= nowMs)
      .sort((left, right) => (lastTurn.get(left.orgId) ?? 0) - (lastTurn.get(right.orgId) ?? 0));
  }

  async #compute(hour: Hour): Promise<void> {
    const [[samples, series] = []] = await this.#select(
      `SELECT count(), uniq(series_id) FROM ${this.#tables.samples} WHERE ${hourCondition(hour)}`,
    );
    const slices = Math.ceil(Math.max(Number(samples) / SLICE_SAMPLES, Number(series) / SLICE_SERIES));
    for (let slice = 0; slice < slices; slice += 1) {
      const part = { ...hour, slice, slices };
      await this.#maintain(minutesInsert(this.#tables, part));
      await this.#maintain(widerInsert(this.#tables, part, 300));
      await this.#maintain(widerInsert(this.#tables, part, 3600));
    }
    await this.#maintain(rolledInsert(this.#tables, hour));
  }

  async #maintain(sql: string): Promise<void> {
    try {
      await this.#engine.maintain(`${sql} SETTINGS ${this.#settings}`);
    } catch (error) {
      throw engineError(error, 'command');
    }
  }

  async #select(sql: string): Promise<readonly (readonly unknown[])[]> {
    const bounds = { signal: new AbortController().signal, timeoutMs: QUERY_MS };
    return (await this.#runner.run(sql, new Deadline(bounds), { groupsMax: HOURS_MAX })).rows;
  }
}

function keyOf({ orgId, hourEndMs }: PendingHour): string {
  return `${orgId} ${hourEndMs}`;
}
