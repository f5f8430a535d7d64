import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AegisError } from '@aegisguard/model';
import { type IngestIds, REMEMBERED_MS } from '../driver.ts';
import { inTransaction, openSqliteFile } from './sqlite-file.ts';

/** What the embedded driver needs. */
export interface EmbeddedIngestIdsOptions {
  /** Its own; made when it is not there. One process has it. */
  readonly directory: string;
  /** Unix ms; for tests. */
  readonly nowMs?: () => number;
  /** Told of a file that is none of SQLite's any more and was begun anew: what it remembered is forgotten. */
  readonly onDamaged?: (path: string) => void;
}

/** Pages of 4 KiB that a generation keeps in memory: 32 MiB, whatever is remembered. */
const CACHE_PAGES = 8192;
const FILE = /^ids-(\d{1,10})\.sqlite$/;
const RETRY_AFTER_SECONDS = 5;
/** Ids that are claimed before the event loop has a turn: some 2 to 5 ms. */
const SLICE = 256;
const SET_UP = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${CACHE_PAGES};
  CREATE TABLE IF NOT EXISTS ids (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL) WITHOUT ROWID`;

/**
 * Ids in two generations of a day each, a file of SQLite a generation: what is claimed goes to the current one and is looked for in both, and a generation that is a day over is deleted as a file. So an id is remembered for 24 to 48 hours, memory is bounded, and nothing
 * is ever deleted row by row. The write-ahead log is in the operating system's hands when `claim` resolves: it survives a kill of the process.
 */
export function openEmbeddedIngestIds({
  directory,
  nowMs = Date.now,
  onDamaged = () => undefined,
}: EmbeddedIngestIdsOptions): IngestIds {
  return new EmbeddedIngestIds(directory, nowMs, onDamaged);
}

class EmbeddedIngestIds implements IngestIds {
  private readonly directory: string;
  private readonly nowMs: () => number;
  private readonly onDamaged: (path: string) => void;
  private current: Generation;
  private previous: Generation | undefined;

  constructor(directory: string, nowMs: () => number, onDamaged: (path: string) => void) {
    this.directory = directory;
    this.nowMs = nowMs;
    this.onDamaged = onDamaged;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const number = this.numberNow();
    this.current = this.open(number);
    this.previous = this.open(number - 1);
    this.deleteOld();
  }

  async claim(batchId: string, ids: BigUint64Array): Promise<readonly number[]> {
    const owner = ownerOf(batchId);
    const taken: number[] = [];
    for (let from = 0; from < ids.length; from += SLICE) {
      if (from > 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      this.claimSlice(owner, ids, from, Math.min(ids.length, from + SLICE), taken);
    }
    return taken;
  }

  close(): Promise<void> {
    this.current.close();
    this.previous?.close();
    return Promise.resolve();
  }

  private claimSlice(owner: bigint, ids: BigUint64Array, from: number, to: number, taken: number[]): void {
    try {
      this.rotate();
      this.current.within(() => {
        for (let at = from; at < to; at += 1) {
          const id = BigInt.asIntN(64, ids[at] ?? 0n);
          const first = this.previous?.ownerOf(id) ?? this.current.claim(id, owner);
          if (first !== owner) {
            taken.push(at);
          }
        }
      });
    } catch (error) {
      throw new AegisError('unavailable', {
        internal: 'the ids of records cannot be remembered',
        cause: error,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
  }

  private numberNow(): number {
    return Math.floor(this.nowMs() / REMEMBERED_MS);
  }

  /** A clock that was set back leaves the generations as they are. */
  private rotate(): void {
    const number = this.numberNow();
    if (number <= this.current.number) {
      return;
    }
    const next = this.open(number);
    this.previous?.close();
    this.previous = undefined;
    if (number === this.current.number + 1) {
      this.previous = this.current;
    } else {
      this.current.close();
    }
    this.current = next;
    this.deleteOld();
  }

  /** Records would wait for ever for ids that nobody can read: storing some of them twice is less. */
  private open(number: number): Generation {
    const path = join(this.directory, `ids-${number}.sqlite`);
    return new Generation(openSqliteFile(path, SET_UP, this.onDamaged), number);
  }

  private deleteOld(): void {
    for (const name of readdirSync(this.directory)) {
      const number = Number(FILE.exec(name.replace(/-(?:wal|shm)$/, ''))?.[1] ?? Number.NaN);
      if (number < this.current.number - 1) {
        rmSync(join(this.directory, name), { force: true });
      }
    }
  }
}

/** The ids of one day. */
class Generation {
  readonly number: number;
  private readonly database: DatabaseSync;
  private readonly insert: StatementSync;
  private readonly select: StatementSync;

  constructor(database: DatabaseSync, number: number) {
    this.number = number;
    this.database = database;
    this.insert = this.database.prepare('INSERT INTO ids (id, owner) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
    this.select = this.database.prepare('SELECT owner FROM ids WHERE id = ?');
    this.select.setReadBigInts(true);
  }

  within(work: () => void): void {
    inTransaction(this.database, work);
  }

  /** The batch that has the id, which is this one if nobody had it. */
  claim(id: bigint, owner: bigint): bigint {
    return this.insert.run(id, owner).changes === 0 ? (this.ownerOf(id) ?? owner) : owner;
  }

  ownerOf(id: bigint): bigint | undefined {
    return this.select.get(id)?.owner as bigint | undefined;
  }

  close(): void {
    this.database.close();
  }
}

/** The half of a batch's UUIDv7 that is random. */
function ownerOf(batchId: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${batchId.replaceAll('-', '')}`));
}
