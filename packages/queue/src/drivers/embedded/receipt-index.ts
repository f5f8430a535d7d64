import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Receipt } from '../../driver.ts';
import type { QueueLogger } from '../../queue-logger.ts';
import { closeFile, openFile, syncData } from './file-access.ts';
import { GroupCommit } from './group-commit.ts';
import { ReceiptStore } from './receipt-store.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { Serial } from './serial.ts';
import { setAside } from './set-aside.ts';
import { isSqliteError, SQLITE_CORRUPT, SQLITE_NOTADB } from './sqlite-error.ts';

/** Rows of one transaction: about 3 ms, since the thread serves requests too. */
const SLICE_ROWS = 128;
/** A checkpoint copies about 3 pages of 4 KiB per row: at this many rows a few ms. */
const CHECKPOINT_ROWS = 512;

/** What the index needs. */
export interface ReceiptIndexOptions {
  readonly path: string;
  readonly report: RecoveryReport;
  readonly logger: QueueLogger;
  readonly nowMs: () => number;
  /** Adds the receipts of all messages still kept; called when the store turned out damaged and was replaced by an empty one. */
  readonly refill: () => Promise<void>;
}

/**
 * Finds receipts by key. The receipts themselves are durable in the stream's segments, in their messages' records; this is what is left of them when segments are deleted. Fresh ones are
 * held in memory and written in the background, so appends do not wait for it; a start puts back what a crash kept from being written (`indexedUpTo`).
 */
export class ReceiptIndex {
  private readonly options: ReceiptIndexOptions;
  private readonly securing = new Serial();
  /** Each commit makes all receipts durable that were added before it. */
  private readonly remembering = new GroupCommit<undefined, undefined>(
    async (items) => {
      await this.secureOrReplace();
      return items;
    },
    () => 0,
    { countMax: Number.POSITIVE_INFINITY, bytesMax: Number.POSITIVE_INFINITY },
  );
  private store: ReceiptStore;
  /** Not yet in the store; in the order of the log. */
  private fresh = new Map<string, Receipt>();
  private readonly marks: Map<string, number>;
  private rowsSinceCheckpoint = 0;
  private flushScheduled = false;
  private flushFailing = false;
  /** While the store's files are being flushed they must not change. */
  private frozen = false;
  /** Damaged, and about to be replaced. */
  private broken = false;

  private constructor(options: ReceiptIndexOptions, store: ReceiptStore, marks: Map<string, number>) {
    this.options = options;
    this.store = store;
    this.marks = marks;
  }

  static async open(options: ReceiptIndexOptions): Promise<ReceiptIndex> {
    try {
      const store = new ReceiptStore(options.path);
      return new ReceiptIndex(options, store, store.marks());
    } catch (error) {
      if (!isDamage(error)) {
        throw error;
      }
      const store = await replaceDamaged(options);
      return new ReceiptIndex(options, store, store.marks());
    }
  }

  find(key: string): Receipt | undefined {
    const nowMs = this.options.nowMs();
    const fresh = this.fresh.get(key);
    if (fresh !== undefined) {
      return fresh.expiresAtMs > nowMs ? fresh : undefined;
    }
    try {
      return this.broken ? undefined : this.store.find(key, nowMs);
    } catch (error) {
      this.replaceIfDamaged(error);
      return undefined;
    }
  }

  /** Receipts of the stream's messages before this number are in the index. */
  indexedUpTo(stream: string): number {
    return this.marks.get(stream) ?? 0;
  }

  /** Adds the receipts of durable messages; `nextSeq` is the stream's next number. */
  add(stream: string, receipts: readonly Receipt[], nextSeq: number): void {
    for (const receipt of receipts) {
      this.fresh.set(receipt.key, receipt);
    }
    this.marks.set(stream, nextSeq);
    if (receipts.length > 0) {
      this.scheduleFlush();
    }
  }

  /** Adds receipts that belong to no message, where none stands under their keys; resolves when they are durable, which many callers share the cost of. */
  remember(receipts: readonly Receipt[]): Promise<undefined> {
    for (const receipt of receipts) {
      if (this.find(receipt.key) === undefined) {
        this.fresh.set(receipt.key, receipt);
      }
    }
    return this.remembering.add(undefined);
  }

  /** Writes everything and flushes it to the disk, without blocking the thread for the flush. */
  secure(): Promise<void> {
    return this.securing.run(async () => {
      while (this.flushSlice()) {
        await nextTurn();
      }
      const { path } = this.options;
      this.frozen = true;
      try {
        await syncFile(`${path}-wal`);
        this.store.checkpoint();
        await syncFile(path);
        this.rowsSinceCheckpoint = 0;
      } finally {
        this.frozen = false;
        if (this.fresh.size > 0) {
          this.scheduleFlush();
        }
      }
    });
  }

  async close(): Promise<void> {
    await this.secure().catch((error: unknown) => this.warn(error));
    this.store.close();
  }

  private async secureOrReplace(): Promise<void> {
    try {
      await this.secure();
    } catch (error) {
      this.replaceIfDamaged(error);
      // In turn behind the replacement, which takes what is held in memory along.
      await this.secure();
    }
  }

  private scheduleFlush(): void {
    if (this.flushScheduled) {
      return;
    }
    this.flushScheduled = true;
    setImmediate(() => {
      this.flushScheduled = false;
      if (!this.frozen && !this.broken && this.flush()) {
        this.scheduleFlush();
      }
    });
  }

  /** One slice in the background; true when there is more to do. Failures are tried again with the next receipt. */
  private flush(): boolean {
    try {
      const more = this.flushSlice();
      this.flushFailing = false;
      if (this.rowsSinceCheckpoint >= CHECKPOINT_ROWS) {
        this.rowsSinceCheckpoint = 0;
        void this.secure().catch((error: unknown) => this.warn(error));
      }
      return more;
    } catch (error) {
      if (isDamage(error)) {
        this.replaceIfDamaged(error);
      } else {
        this.warn(error);
      }
      return false;
    }
  }

  /** Rethrows anything else. */
  private replaceIfDamaged(error: unknown): void {
    if (!isDamage(error)) {
      throw error;
    }
    if (!this.broken) {
      this.broken = true;
      void this.securing.run(() => this.replace()).catch((failure: unknown) => this.warn(failure));
    }
  }

  private async replace(): Promise<void> {
    this.store.close();
    this.store = await replaceDamaged(this.options);
    this.marks.clear();
    this.broken = false;
    await this.options.refill();
    this.scheduleFlush();
  }

  private warn(error: unknown): void {
    if (!this.flushFailing) {
      this.flushFailing = true;
      this.options.logger.warn({ err: error }, 'receipts cannot be written for now; they are kept in memory');
    }
  }

  private flushSlice(): boolean {
    const slice: Receipt[] = [];
    for (const receipt of this.fresh.values()) {
      if (slice.push(receipt) === SLICE_ROWS) {
        break;
      }
    }
    const isLast = slice.length === this.fresh.size;
    const expireMax = 2 * slice.length + 16;
    // A mark says that everything before it is in: it goes with the last slice.
    this.store.write(slice, isLast ? this.marks : new Map(), this.options.nowMs(), expireMax);
    for (const { key } of slice) {
      this.fresh.delete(key);
    }
    this.rowsSinceCheckpoint += slice.length;
    return !isLast;
  }
}

/** Another file in the damaged one's place; receipts of deleted segments are lost with it. */
async function replaceDamaged({ path, report }: ReceiptIndexOptions): Promise<ReceiptStore> {
  const aside = await setAside(path);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    await rm(file, { force: true });
  }
  report.damage(
    basename(path),
    'the receipts are damaged: those of messages still kept are put back, older ones are lost',
    aside,
  );
  return new ReceiptStore(path);
}

function isDamage(error: unknown): boolean {
  return isSqliteError(error, SQLITE_CORRUPT, SQLITE_NOTADB);
}

async function syncFile(path: string): Promise<void> {
  if (!existsSync(path)) {
    return;
  }
  const fd = await openFile(path, 'r');
  try {
    await syncData(fd);
  } finally {
    await closeFile(fd);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
