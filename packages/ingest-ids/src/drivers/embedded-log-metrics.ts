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
  /** Told of a file that is none of SQLite's any more and was begun anew: every series begins at nothing, which queries take for the restart of a counter. */
  readonly onDamaged?: (path: string) => void;
}

/** Pages of 4 KiB in memory: 16 MiB. */
const CACHE_PAGES = 4096;
/** Batches that are forgotten with one reading. */
const FORGOTTEN_AT_ONCE = 5_000;
const RETRY_AFTER_SECONDS = 5;

const SET_UP = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${CACHE_PAGES};
  CREATE TABLE IF NOT EXISTS batches (at INTEGER NOT NULL, id BLOB NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS series (
    org TEXT NOT NULL, id INTEGER NOT NULL, about TEXT NOT NULL, value REAL NOT NULL, before REAL NOT NULL,
    since INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (org, id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS series_by_change ON series (changed, org)`;

/** A series that was not read any more goes on from what it was. */
const CHANGE = `UPDATE series SET value = coalesce(:set, value) + :add, about = :about, changed = :now,
    before = iif(changed < :now - ${READ_MS}, value, before), since = iif(changed < :now - ${READ_MS}, :now, since)
  WHERE org = :org AND id = :id`;
const BEGIN = 'INSERT INTO series VALUES (:org, :id, :about, coalesce(:set, 0) + :add, 0, :now, :now)';
/** The oldest have the least row ids: no index by time is needed. */
const FORGET_BATCHES = `DELETE FROM batches WHERE rowid <= (
  SELECT max(rowid) FROM (SELECT rowid, at FROM batches ORDER BY rowid LIMIT ${FORGOTTEN_AT_ONCE}) WHERE at < ?)`;

/**
 * Totals in a file of SQLite. A batch and what it changes are one transaction, which is in the operating system's hands when `add` resolves: it survives a kill of the process.
 */
export function openEmbeddedLogMetrics({
  directory,
  nowMs = Date.now,
  onDamaged = () => undefined,
}: EmbeddedLogMetricsOptions): LogMetrics {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return new EmbeddedLogMetrics(openSqliteFile(join(directory, 'log-metrics.sqlite'), SET_UP, onDamaged), nowMs);
}

class EmbeddedLogMetrics implements LogMetrics {
  readonly #database: DatabaseSync;
  readonly #nowMs: () => number;
  readonly #change: StatementSync;
  readonly #begin: StatementSync;
  readonly #know: StatementSync;
  /** How many series each organization has; absent where nobody has counted. */
  readonly #counts = new Map<OrgId, number>();
  #slotMs = Number.NEGATIVE_INFINITY;

  constructor(database: DatabaseSync, nowMs: () => number) {
    this.#database = database;
    this.#nowMs = nowMs;
    this.#change = database.prepare(CHANGE);
    this.#begin = database.prepare(BEGIN);
    this.#know = database.prepare('INSERT INTO batches (at, id) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  }

  async add(orgId: OrgId, batchId: string, changes: readonly LogMetricChange[]): Promise<number> {
    return reach(() => {
      const now = this.#nowMs();
      const before = this.#countOf(orgId);
      try {
        return inTransaction(this.#database, () => {
          const isNew = this.#know.run(now, Buffer.from(batchId.replaceAll('-', ''), 'hex')).changes === 1;
          return isNew ? changes.filter((change) => !this.#apply(orgId, change, now)).length : 0;
        });
      } catch (error) {
        this.#counts.set(orgId, before);
        throw error;
      }
    });
  }

  async *read(slotMs: number): AsyncGenerator<{ readonly orgId: OrgId; readonly series: readonly LogSeries[] }> {
    if (slotMs <= this.#slotMs) {
      return;
    }
    this.#slotMs = slotMs;
    const fromMs = this.#nowMs() - READ_MS;
    const organizations = reach(() => {
      this.#forgetOld();
      return this.#database.prepare('SELECT DISTINCT org FROM series WHERE changed >= ?').all(fromMs);
    });
    for (const { org } of organizations) {
      const rows = reach(() =>
        this.#database
          .prepare('SELECT about, value, before, since FROM series WHERE org = ? AND changed >= ? ORDER BY id')
          .all(String(org), fromMs),
      );
      yield { orgId: parseOrgId(String(org)), series: rows.map(seriesOf) };
    }
  }

  async forget(orgId: OrgId): Promise<number> {
    const { changes } = reach(() => this.#database.prepare('DELETE FROM series WHERE org = ?').run(orgId));
    this.#counts.delete(orgId);
    return Number(changes);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** False when there is no room. */
  #apply(orgId: OrgId, { labels, metadata, set, add }: LogMetricChange, now: number): boolean {
    const id = BigInt.asIntN(64, seriesId(labels));
    const row = { org: orgId, id, about: JSON.stringify({ labels, metadata }), set: set ?? null, add, now };
    if (this.#change.run(row).changes === 1) {
      return true;
    }
    const count = this.#countOf(orgId);
    if (count >= LOG_SERIES_MAX) {
      return false;
    }
    this.#begin.run(row);
    this.#counts.set(orgId, count + 1);
    return true;
  }

  #countOf(orgId: OrgId): number {
    const known = this.#counts.get(orgId);
    if (known !== undefined) {
      return known;
    }
    const row = this.#database.prepare('SELECT count(*) AS count FROM series WHERE org = ?').get(orgId);
    const count = Number(row?.count);
    this.#counts.set(orgId, count);
    return count;
  }

  #forgetOld(): void {
    const now = this.#nowMs();
    this.#database.prepare(FORGET_BATCHES).run(now - BATCH_KNOWN_MS);
    if (this.#database.prepare('DELETE FROM series WHERE changed < ?').run(now - KEPT_MS).changes !== 0) {
      this.#counts.clear();
    }
  }
}

function seriesOf(row: Readonly<Record<string, unknown>>): LogSeries {
  const { labels, metadata } = JSON.parse(String(row.about)) as Pick<LogSeries, 'labels' | 'metadata'>;
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
