import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { AegisError, type LogMetricChange, type OrgId, parseOrgId } from '@aegisguard/model';
import { labelSetId } from '../label-set-id.ts';
import {
  BATCH_KNOWN_MS,
  KEPT_MS,
  LOG_SERIES_MAX,
  type LogMetrics,
  type LogTotals,
  READ_MS,
  SLOT_KNOWN_MS,
} from '../log-metrics.ts';
import { changed, totalsOf } from './label-set-row.ts';
import { inSlowTransaction, inTransaction, openSqliteFile } from './sqlite-file.ts';

/** What the embedded driver needs. */
export interface EmbeddedLogMetricsOptions {
  /** Made when it is not there. One process has the file. */
  readonly directory: string;
  /** Unix ms; for tests. */
  readonly nowMs?: () => number;
  /** Of an organization; for tests. */
  readonly seriesMax?: number;
  /** Told of a file that is none of SQLite's any more and was begun anew: every total begins at nothing, which queries take for the restart of a counter. */
  readonly onDamaged?: (path: string) => void;
}

/** Pages of 4 KiB in memory: 16 MiB. */
const CACHE_PAGES = 4096;
/** Batches that are forgotten in one turn of the event loop. */
const FORGOTTEN_AT_ONCE = 1_000;
/** Label sets that are changed in one turn of the event loop. */
const CHANGED_AT_ONCE = 100;
/** Label sets that are read in one turn of the event loop. */
const READ_AT_ONCE = 250;
const RETRY_AFTER_SECONDS = 5;
/** Before every id. */
const NO_ID = -(2n ** 63n);

/** What is known of metrics is apart, so that a change writes little. What is forgotten is overwritten: labels came out of logs. */
const SET_UP = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${CACHE_PAGES};
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS batches (at INTEGER NOT NULL, id BLOB NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS organizations (
    org TEXT PRIMARY KEY, changed INTEGER NOT NULL, slot INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS metrics (
    org TEXT NOT NULL, metric TEXT NOT NULL, metadata TEXT NOT NULL, PRIMARY KEY (org, metric)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS label_sets (
    org TEXT NOT NULL, id INTEGER NOT NULL, changed INTEGER NOT NULL, since INTEGER NOT NULL, series INTEGER NOT NULL,
    total TEXT NOT NULL, before TEXT NOT NULL, bounds TEXT NOT NULL, metric TEXT NOT NULL, labels TEXT NOT NULL,
    PRIMARY KEY (org, id)) WITHOUT ROWID`;

const FIND = 'SELECT changed, since, series, total, before, bounds FROM label_sets WHERE org = ? AND id = ?';
const BEGIN = 'INSERT INTO label_sets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const GO_ON = `UPDATE label_sets SET changed = ?, since = ?, series = ?, total = ?, before = ?, bounds = ?
  WHERE org = ? AND id = ?`;
const DESCRIBE = 'INSERT INTO metrics VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET metadata = excluded.metadata';
const NOTE = 'INSERT INTO organizations VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET changed = excluded.changed';
const READ = `SELECT id, changed, since, total, before, bounds, labels, metadata
  FROM label_sets JOIN metrics USING (org, metric) WHERE org = ? AND id > ? ORDER BY id LIMIT ${READ_AT_ONCE}`;
const FORGET_READ = 'DELETE FROM label_sets WHERE org = ? AND id > ? AND id <= ? AND changed < ?';
const CLAIM = `UPDATE organizations SET slot = :slot
  WHERE org = :org AND slot NOT BETWEEN :slot AND :slot + ${SLOT_KNOWN_MS}`;
/** The oldest have the least row ids: no index by time is needed. */
const FORGET_BATCHES = `DELETE FROM batches WHERE rowid <= (
  SELECT max(rowid) FROM (SELECT rowid, at FROM batches ORDER BY rowid LIMIT ${FORGOTTEN_AT_ONCE}) WHERE at < ?)`;

/**
 * Totals in a file of SQLite. A batch and what it changes are one transaction, which is in the operating system's hands when `add` resolves: it survives a kill of the process.
 */
export function openEmbeddedLogMetrics({
  directory,
  nowMs = Date.now,
  seriesMax = LOG_SERIES_MAX,
  onDamaged = () => undefined,
}: EmbeddedLogMetricsOptions): LogMetrics {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return new EmbeddedLogMetrics(
    openSqliteFile(join(directory, 'label-sets.sqlite'), SET_UP, onDamaged),
    nowMs,
    seriesMax,
  );
}

class EmbeddedLogMetrics implements LogMetrics {
  readonly #database: DatabaseSync;
  readonly #nowMs: () => number;
  readonly #seriesMax: number;
  readonly #statements: Readonly<
    Record<
      | 'know'
      | 'note'
      | 'describe'
      | 'find'
      | 'begin'
      | 'goOn'
      | 'count'
      | 'read'
      | 'forget'
      | 'forgetBatches'
      | 'claim'
      | 'slot',
      StatementSync
    >
  >;
  /** How many series each organization has; absent where nobody has counted. */
  readonly #counts = new Map<OrgId, number>();
  /** What is done now, or was done last. */
  #last: Promise<unknown> = Promise.resolve();
  #slotMs = Number.NEGATIVE_INFINITY;

  constructor(database: DatabaseSync, nowMs: () => number, seriesMax: number) {
    this.#database = database;
    this.#nowMs = nowMs;
    this.#seriesMax = seriesMax;
    this.#statements = {
      know: database.prepare('INSERT INTO batches (at, id) VALUES (?, ?) ON CONFLICT (id) DO NOTHING'),
      note: database.prepare(NOTE),
      describe: database.prepare(DESCRIBE),
      find: database.prepare(FIND),
      begin: database.prepare(BEGIN),
      goOn: database.prepare(GO_ON),
      count: database.prepare('SELECT coalesce(sum(series), 0) AS count FROM label_sets WHERE org = ?'),
      read: database.prepare(READ),
      forget: database.prepare(FORGET_READ),
      forgetBatches: database.prepare(FORGET_BATCHES),
      claim: database.prepare(CLAIM),
      slot: database.prepare('SELECT slot FROM organizations WHERE org = ?'),
    };
    this.#statements.read.setReadBigInts(true);
  }

  add(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): Promise<number> {
    return this.#alone(async () => {
      try {
        return await inSlowTransaction(this.#database, () => this.#addNow(orgId, batchId, changes));
      } catch (error) {
        this.#counts.delete(orgId);
        throw error;
      }
    });
  }

  async *read(slotMs: number): AsyncGenerator<{ readonly orgId: OrgId; readonly totals: readonly LogTotals[] }> {
    if (slotMs <= this.#slotMs && this.#slotMs <= slotMs + SLOT_KNOWN_MS) {
      return;
    }
    this.#slotMs = slotMs;
    const now = this.#nowMs();
    await this.#forgetBatches(now);
    for (const orgId of await this.#alone(() => this.#forgetOld(now))) {
      const totals = (await this.#claim(orgId, slotMs)) ? await this.#read(orgId, now) : [];
      if (totals.length > 0 && (await this.#isLatest(orgId, slotMs))) {
        yield { orgId, totals };
      }
    }
  }

  forget(orgId: OrgId): Promise<number> {
    return this.#alone(() => inTransaction(this.#database, () => this.#forgetNow(orgId)));
  }

  async close(): Promise<void> {
    await this.#last;
    this.#database.close();
  }

  /** One after the other: what a transaction has changed that goes on is nobody’s yet. */
  #alone<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#last.then(work).catch((cause: unknown) => {
      throw new AegisError('unavailable', {
        internal: 'metrics of logs cannot be added up',
        cause,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** For how many label sets there was no room. */
  async #addNow(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): Promise<number> {
    const { describe, know, note } = this.#statements;
    const now = this.#nowMs();
    if (know.run(now, Buffer.from(batchId.replaceAll('-', ''), 'hex')).changes === 0) {
      return 0;
    }
    note.run(orgId, now);
    for (const metadata of new Map(changes.map((change) => [change.metadata.metric, change.metadata])).values()) {
      describe.run(orgId, metadata.metric, JSON.stringify(metadata));
    }
    let left = 0;
    for (const [at, change] of changes.entries()) {
      if (at % CHANGED_AT_ONCE === CHANGED_AT_ONCE - 1) {
        await setImmediate();
      }
      left += this.#apply(orgId, change, now) ? 0 : 1;
    }
    return left;
  }

  /** False when there is no room. */
  #apply(orgId: OrgId, change: LogMetricChange, now: number): boolean {
    const { metadata, labels, add } = change;
    const id = BigInt.asIntN(64, labelSetId(change));
    const { begin, find, goOn } = this.#statements;
    const row = find.get(orgId, id);
    const count = this.#countOf(orgId) - Number(row?.series ?? 0) + add.length;
    if (count > this.#seriesMax && add.length > Number(row?.series ?? 0)) {
      return false;
    }
    const { since, total, before, bounds } = changed(row, change, now);
    const state = [now, since, add.length, total, before, bounds] as const;
    if (row === undefined) {
      begin.run(orgId, id, ...state, metadata.metric, JSON.stringify(labels));
    } else {
      goOn.run(...state, orgId, id);
    }
    this.#counts.set(orgId, count);
    return true;
  }

  /** False when it was read for this slot or a later one. */
  #claim(orgId: OrgId, slotMs: number): Promise<boolean> {
    return this.#alone(() => this.#statements.claim.run({ org: orgId, slot: slotMs }).changes === 1);
  }

  /** False when somebody began to read a later slot meanwhile, or the organization was forgotten. */
  #isLatest(orgId: OrgId, slotMs: number): Promise<boolean> {
    return this.#alone(() => this.#statements.slot.get(orgId)?.slot === slotMs);
  }

  /** What changed lately; what has not for long is forgotten on the way. Others have turns of the event loop in between. */
  async #read(orgId: OrgId, now: number): Promise<readonly LogTotals[]> {
    const { forget, read } = this.#statements;
    const totals: LogTotals[] = [];
    for (let after = NO_ID; ; await setImmediate()) {
      const from = after;
      const rows = await this.#alone(() => read.all(orgId, from));
      const last = rows.at(-1)?.id;
      if (typeof last !== 'bigint') {
        return totals;
      }
      if ((await this.#alone(() => forget.run(orgId, from, last, now - KEPT_MS))).changes !== 0) {
        this.#counts.delete(orgId);
      }
      totals.push(...rows.filter((row) => Number(row.changed) >= now - READ_MS).map(totalsOf));
      after = last;
    }
  }

  #countOf(orgId: OrgId): number {
    const count = this.#counts.get(orgId) ?? Number(this.#statements.count.get(orgId)?.count);
    this.#counts.set(orgId, count);
    return count;
  }

  /** Forgets all batches that are too old, with turns of the event loop: as many as came. */
  async #forgetBatches(now: number): Promise<void> {
    const { forgetBatches } = this.#statements;
    while ((await this.#alone(() => forgetBatches.run(now - BATCH_KNOWN_MS))).changes !== 0) {
      await setImmediate();
    }
  }

  /** Forgets organizations that are too old; answers what organizations changed lately. */
  #forgetOld(now: number): readonly OrgId[] {
    const all = this.#database.prepare('SELECT org, changed FROM organizations').all();
    const organizations = all.map(({ org, changed }) => ({ orgId: parseOrgId(String(org)), changed: Number(changed) }));
    for (const { orgId } of organizations.filter(({ changed }) => changed < now - KEPT_MS)) {
      inTransaction(this.#database, () => this.#forgetNow(orgId));
    }
    return organizations.filter(({ changed }) => changed >= now - READ_MS).map(({ orgId }) => orgId);
  }

  #forgetNow(orgId: OrgId): number {
    const [labelSets = 0] = ['label_sets', 'metrics', 'organizations'].map((table) => {
      return Number(this.#database.prepare(`DELETE FROM ${table} WHERE org = ?`).run(orgId).changes);
    });
    this.#counts.delete(orgId);
    return labelSets;
  }
}
