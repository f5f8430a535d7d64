import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AegisError, type LogMetricChange, type OrgId, parseOrgId } from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';
import { BATCH_KNOWN_MS, KEPT_MS, LOG_SERIES_MAX, type LogMetrics, type LogSeries, READ_MS } from '../log-metrics.ts';
import { inTransaction, openSqliteFile } from './sqlite-file.ts';

/** What the embedded driver needs. */
export interface EmbeddedLogMetricsOptions {
  /** Made when it is not there. One process has the file. */
  readonly directory: string;
  /** Unix ms; for tests. */
  readonly nowMs?: () => number;
  /** Of an organization; for tests. */
  readonly seriesMax?: number;
  /** Told of a file that is none of SQLite's any more and was begun anew: every series begins at nothing, which queries take for the restart of a counter. */
  readonly onDamaged?: (path: string) => void;
}

/** Pages of 4 KiB in memory: 16 MiB. */
const CACHE_PAGES = 4096;
/** Batches that are forgotten with one reading. */
const FORGOTTEN_AT_ONCE = 5_000;
const RETRY_AFTER_SECONDS = 5;

/** What is known of metrics is apart, so that a change writes little. What is forgotten is overwritten: labels came out of logs. */
const SET_UP = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${CACHE_PAGES};
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS batches (at INTEGER NOT NULL, id BLOB NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS organizations (org TEXT PRIMARY KEY, changed INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS metrics (
    org TEXT NOT NULL, metric TEXT NOT NULL, metadata TEXT NOT NULL, PRIMARY KEY (org, metric)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS series (
    org TEXT NOT NULL, id INTEGER NOT NULL, changed INTEGER NOT NULL, value REAL NOT NULL, before REAL NOT NULL,
    since INTEGER NOT NULL, metric TEXT NOT NULL, labels TEXT NOT NULL, PRIMARY KEY (org, id)) WITHOUT ROWID`;

/** A series that was not read any more goes on from what it was. */
const CHANGE = `UPDATE series SET value = coalesce(:set, value) + :add, changed = :now,
    before = iif(changed < :now - ${READ_MS}, value, before), since = iif(changed < :now - ${READ_MS}, :now, since)
  WHERE org = :org AND id = :id`;
const BEGIN = 'INSERT INTO series VALUES (:org, :id, :now, coalesce(:set, 0) + :add, 0, :now, :metric, :labels)';
const DESCRIBE = 'INSERT INTO metrics VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET metadata = excluded.metadata';
const NOTE = 'INSERT INTO organizations VALUES (?, ?) ON CONFLICT DO UPDATE SET changed = excluded.changed';
const READ = `SELECT labels, metadata, value, before, since FROM series JOIN metrics USING (org, metric)
  WHERE org = ? AND changed >= ? ORDER BY id`;
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
    openSqliteFile(join(directory, 'log-metrics.sqlite'), SET_UP, onDamaged),
    nowMs,
    seriesMax,
  );
}

class EmbeddedLogMetrics implements LogMetrics {
  readonly #database: DatabaseSync;
  readonly #nowMs: () => number;
  readonly #seriesMax: number;
  readonly #statements: Readonly<Record<'know' | 'note' | 'describe' | 'change' | 'begin' | 'count', StatementSync>>;
  /** How many series each organization has; absent where nobody has counted. */
  readonly #counts = new Map<OrgId, number>();
  #slotMs = Number.NEGATIVE_INFINITY;

  constructor(database: DatabaseSync, nowMs: () => number, seriesMax: number) {
    this.#database = database;
    this.#nowMs = nowMs;
    this.#seriesMax = seriesMax;
    this.#statements = {
      know: database.prepare('INSERT INTO batches (at, id) VALUES (?, ?) ON CONFLICT (id) DO NOTHING'),
      note: database.prepare(NOTE),
      describe: database.prepare(DESCRIBE),
      change: database.prepare(CHANGE),
      begin: database.prepare(BEGIN),
      count: database.prepare('SELECT count(*) AS count FROM series WHERE org = ?'),
    };
  }

  async add(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): Promise<number> {
    return reach(() => {
      try {
        return inTransaction(this.#database, () => this.#addNow(orgId, batchId, changes));
      } catch (error) {
        this.#counts.delete(orgId);
        throw error;
      }
    });
  }

  async *read(slotMs: number): AsyncGenerator<{ readonly orgId: OrgId; readonly series: readonly LogSeries[] }> {
    if (slotMs <= this.#slotMs) {
      return;
    }
    this.#slotMs = slotMs;
    const now = this.#nowMs();
    for (const orgId of reach(() => this.#forgetOld(now))) {
      const rows = reach(() => this.#database.prepare(READ).all(orgId, now - READ_MS));
      yield { orgId, series: rows.map(seriesOf) };
    }
  }

  async forget(orgId: OrgId): Promise<number> {
    return reach(() => inTransaction(this.#database, () => this.#forgetNow(orgId)));
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** For how many changes there was no room. */
  #addNow(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): number {
    const { describe, know, note } = this.#statements;
    const now = this.#nowMs();
    if (know.run(now, Buffer.from(batchId.replaceAll('-', ''), 'hex')).changes === 0) {
      return 0;
    }
    note.run(orgId, now);
    for (const metadata of new Map(changes.map((change) => [change.metadata.metric, change.metadata])).values()) {
      describe.run(orgId, metadata.metric, JSON.stringify(metadata));
    }
    return changes.filter((change) => !this.#apply(orgId, change, now)).length;
  }

  /** False when there is no room. */
  #apply(orgId: OrgId, { labels, metadata, set, add }: LogMetricChange, now: number): boolean {
    const row = { org: orgId, id: BigInt.asIntN(64, seriesId(labels)), set: set ?? null, add, now };
    if (this.#statements.change.run(row).changes === 1) {
      return true;
    }
    const count = this.#countOf(orgId);
    if (count >= this.#seriesMax) {
      return false;
    }
    this.#statements.begin.run({ ...row, metric: metadata.metric, labels: JSON.stringify(labels) });
    this.#counts.set(orgId, count + 1);
    return true;
  }

  #countOf(orgId: OrgId): number {
    const count = this.#counts.get(orgId) ?? Number(this.#statements.count.get(orgId)?.count);
    this.#counts.set(orgId, count);
    return count;
  }

  /** Forgets batches and series that are too old; answers whose series changed lately. */
  #forgetOld(now: number): readonly OrgId[] {
    this.#database.prepare(FORGET_BATCHES).run(now - BATCH_KNOWN_MS);
    const all = this.#database.prepare('SELECT org, changed FROM organizations').all();
    const organizations = all.map(({ org, changed }) => ({ orgId: parseOrgId(String(org)), changed: Number(changed) }));
    for (const { orgId } of organizations.filter(({ changed }) => changed < now - KEPT_MS)) {
      inTransaction(this.#database, () => this.#forgetNow(orgId));
    }
    const active = organizations.filter(({ changed }) => changed >= now - READ_MS);
    const forget = this.#database.prepare('DELETE FROM series WHERE org = ? AND changed < ?');
    for (const { orgId } of active) {
      if (forget.run(orgId, now - KEPT_MS).changes !== 0) {
        this.#counts.delete(orgId);
      }
    }
    return active.map(({ orgId }) => orgId);
  }

  #forgetNow(orgId: OrgId): number {
    const [series = 0] = ['series', 'metrics', 'organizations'].map((table) => {
      return Number(this.#database.prepare(`DELETE FROM ${table} WHERE org = ?`).run(orgId).changes);
    });
    this.#counts.delete(orgId);
    return series;
  }
}

function seriesOf(row: Readonly<Record<string, unknown>>): LogSeries {
  const labels = JSON.parse(String(row.labels)) as LogSeries['labels'];
  const metadata = JSON.parse(String(row.metadata)) as LogSeries['metadata'];
  return { labels, metadata, value: Number(row.value), sinceMs: Number(row.since), before: Number(row.before) };
}

function reach<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw new AegisError('unavailable', {
      internal: 'metrics of logs cannot be added up',
      cause,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
