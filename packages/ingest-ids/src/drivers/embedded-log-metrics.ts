import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { AegisError, type LogMetricChange, type OrgId, parseOrgId } from '@aegisguard/model';
import { labelSetId } from '../label-set-id.ts';
import { BATCH_KNOWN_MS, KEPT_MS, LOG_SERIES_MAX, type LogMetrics, type LogTotals, READ_MS } from '../log-metrics.ts';
import { inTransaction, openSqliteFile } from './sqlite-file.ts';

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
/** Label sets that are read in one turn of the event loop. */
const READ_AT_ONCE = 500;
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
const PUT = `INSERT INTO label_sets VALUES (:org, :id, :now, :since, :series, :total, :before, :bounds, :metric, :labels)
  ON CONFLICT DO UPDATE SET changed = :now, since = :since, series = :series, total = :total, before = :before,
    bounds = :bounds`;
const DESCRIBE = 'INSERT INTO metrics VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET metadata = excluded.metadata';
const NOTE = 'INSERT INTO organizations VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET changed = excluded.changed';
const READ = `SELECT id, changed, since, total, before, bounds, labels, metadata
  FROM label_sets JOIN metrics USING (org, metric) WHERE org = ? AND id > ? ORDER BY id LIMIT ${READ_AT_ONCE}`;
const FORGET_READ = 'DELETE FROM label_sets WHERE org = ? AND id > ? AND id <= ? AND changed < ?';
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

type Row = Readonly<Record<string, unknown>>;

class EmbeddedLogMetrics implements LogMetrics {
  readonly #database: DatabaseSync;
  readonly #nowMs: () => number;
  readonly #seriesMax: number;
  readonly #statements: Readonly<
    Record<'know' | 'note' | 'describe' | 'find' | 'put' | 'count' | 'claim' | 'slot', StatementSync>
  >;
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
      find: database.prepare(FIND),
      put: database.prepare(PUT),
      count: database.prepare('SELECT coalesce(sum(series), 0) AS count FROM label_sets WHERE org = ?'),
      claim: database.prepare('UPDATE organizations SET slot = ? WHERE org = ? AND slot < ?'),
      slot: database.prepare('SELECT slot FROM organizations WHERE org = ?'),
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

  async *read(slotMs: number): AsyncGenerator<{ readonly orgId: OrgId; readonly totals: readonly LogTotals[] }> {
    if (slotMs <= this.#slotMs) {
      return;
    }
    this.#slotMs = slotMs;
    const now = this.#nowMs();
    await this.#forgetBatches(now);
    for (const orgId of reach(() => this.#forgetOld(now))) {
      const totals = this.#claim(orgId, slotMs) ? await this.#read(orgId, now) : [];
      if (totals.length > 0 && this.#isLatest(orgId, slotMs)) {
        yield { orgId, totals };
      }
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
  #apply(orgId: OrgId, change: LogMetricChange, now: number): boolean {
    const { metadata, labels, add } = change;
    const id = BigInt.asIntN(64, labelSetId(change));
    const row = this.#statements.find.get(orgId, id);
    const count = this.#countOf(orgId) - Number(row?.series ?? 0) + add.length;
    if (count > this.#seriesMax && add.length > Number(row?.series ?? 0)) {
      return false;
    }
    const of = { org: orgId, id, now, series: add.length, metric: metadata.metric, labels: JSON.stringify(labels) };
    this.#statements.put.run({ ...of, ...changed(row, change, now) });
    this.#counts.set(orgId, count);
    return true;
  }

  /** False when it was read for this slot or a later one. */
  #claim(orgId: OrgId, slotMs: number): boolean {
    return reach(() => this.#statements.claim.run(slotMs, orgId, slotMs).changes === 1);
  }

  /** False when somebody began to read a later slot meanwhile, or the organization was forgotten. */
  #isLatest(orgId: OrgId, slotMs: number): boolean {
    return reach(() => this.#statements.slot.get(orgId)?.slot === slotMs);
  }

  /** What changed lately; what has not for long is forgotten on the way. Others have turns of the event loop in between. */
  async #read(orgId: OrgId, now: number): Promise<readonly LogTotals[]> {
    const read = this.#database.prepare(READ);
    read.setReadBigInts(true);
    const forget = this.#database.prepare(FORGET_READ);
    const totals: LogTotals[] = [];
    for (let after = NO_ID; ; await setImmediate()) {
      const rows = reach(() => read.all(orgId, after));
      const last = rows.at(-1)?.id;
      if (typeof last !== 'bigint') {
        return totals;
      }
      if (reach(() => forget.run(orgId, after, last, now - KEPT_MS)).changes !== 0) {
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
    const forget = this.#database.prepare(FORGET_BATCHES);
    while (reach(() => forget.run(now - BATCH_KNOWN_MS)).changes !== 0) {
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

/** What becomes of a row, or of none. One that rested goes on from what it was; one that was to be forgotten, or has other buckets now, begins anew. */
function changed(row: Row | undefined, { bounds, set, add }: LogMetricChange, now: number) {
  const isKnown = row?.bounds === bounds.join(' ') && Number(row.changed) >= now - KEPT_MS;
  const total = isKnown ? numbersIn(row.total) : [];
  const isResting = isKnown && Number(row.changed) < now - READ_MS;
  const before = isResting ? total : isKnown ? numbersIn(row.before) : add.map(() => 0);
  return {
    since: isKnown && !isResting ? Number(row.since) : now,
    total: add.map((more, at) => (set ?? total[at] ?? 0) + more).join(' '),
    before: before.join(' '),
    bounds: bounds.join(' '),
  };
}

function totalsOf(row: Row): LogTotals {
  const labels = JSON.parse(String(row.labels)) as LogTotals['labels'];
  const metadata = JSON.parse(String(row.metadata)) as LogTotals['metadata'];
  const bounds = numbersIn(row.bounds);
  return {
    labels,
    metadata,
    bounds,
    values: numbersIn(row.total),
    before: numbersIn(row.before),
    sinceMs: Number(row.since),
  };
}

/** Doubles as texts that are the same doubles. */
function numbersIn(text: unknown): readonly number[] {
  return text === '' ? [] : String(text).split(' ').map(Number);
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
