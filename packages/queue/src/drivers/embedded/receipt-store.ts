import { hash } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Receipt } from '../../driver.ts';
import { makePrivateFile } from './file-access.ts';

/** Up to which number of which stream receipts are in the store. */
export type ReceiptMarks = ReadonlyMap<string, number>;

// `hash` rather than `key` is indexed: keys are long and random, and a small index stays in memory. Expiry has an index too; receipts come nearly in its order, which makes that cheap.
const SCHEMA = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA synchronous = OFF;
  PRAGMA cache_size = -8000;
  CREATE TABLE IF NOT EXISTS receipts (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, response TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS receipts_hash ON receipts (hash);
  CREATE INDEX IF NOT EXISTS receipts_expiry ON receipts (expires_at);
  CREATE TABLE IF NOT EXISTS marks (stream TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Receipts in a SQLite file. A write survives the death of the process; it survives a power cut once the file and its `-wal` were flushed around a `checkpoint`, which is the caller's to
 * do, because SQLite's own flushes would block the thread (`synchronous = OFF`).
 */
export class ReceiptStore {
  private readonly database: DatabaseSync;
  private readonly findStatement: StatementSync;
  private readonly insertStatement: StatementSync;
  private readonly expireStatement: StatementSync;
  private readonly markStatement: StatementSync;

  constructor(path: string) {
    makePrivateFile(path);
    this.database = new DatabaseSync(path);
    try {
      this.database.exec(SCHEMA);
      this.findStatement = this.database.prepare(
        'SELECT key, fingerprint, response, expires_at AS expiresAtMs FROM receipts WHERE hash = ? AND key = ? AND expires_at > ?',
      );
      this.insertStatement = this.database.prepare(
        'INSERT INTO receipts (hash, key, fingerprint, response, expires_at) VALUES (?, ?, ?, ?, ?)',
      );
      this.expireStatement = this.database.prepare(
        'DELETE FROM receipts WHERE id IN (SELECT id FROM receipts WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)',
      );
      this.markStatement = this.database.prepare('INSERT OR REPLACE INTO marks (stream, seq) VALUES (?, ?)');
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  find(key: string, nowMs: number): Receipt | undefined {
    const row = this.findStatement.get(hashOf(key), key, nowMs);
    return row === undefined ? undefined : ({ ...row } as unknown as Receipt);
  }

  marks(): Map<string, number> {
    const rows = this.database.prepare('SELECT stream, seq FROM marks').all();
    return new Map(rows.map(({ stream, seq }) => [String(stream), Number(seq)]));
  }

  /** Writes receipts and marks as one transaction, and deletes up to `expireMax` expired receipts with them. */
  write(receipts: Iterable<Receipt>, marks: ReceiptMarks, nowMs: number, expireMax: number): void {
    this.database.exec('BEGIN');
    try {
      for (const { key, fingerprint, response, expiresAtMs } of receipts) {
        this.insertStatement.run(hashOf(key), key, fingerprint, response, Math.trunc(expiresAtMs));
      }
      for (const [stream, seq] of marks) {
        this.markStatement.run(stream, seq);
      }
      this.expireStatement.run(nowMs, expireMax);
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) {
        this.database.exec('ROLLBACK');
      }
      throw error;
    }
  }

  /** How many are kept, expired ones included. */
  count(): number {
    return Number(this.database.prepare('SELECT count(*) AS n FROM receipts').get()?.n);
  }

  /** Copies the `-wal` into the file. */
  checkpoint(): void {
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  close(): void {
    this.database.close();
  }
}

/** 48 bits of a digest: clients choose keys, so they must not be able to aim at one hash. */
function hashOf(key: string): number {
  return hash('sha256', key, 'buffer').readUIntBE(0, 6);
}
