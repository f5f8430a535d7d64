import { readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AegisError } from '@aegisguard/model';
import { CallGate } from '../../call-gate.ts';
import { checkConsumer, checkLane, checkName } from '../../check-name.ts';
import {
  type Appended,
  CLAIM_BYTES_MAX,
  type ConsumerName,
  DEAD_BYTES_MAX,
  DEAD_MS_MAX,
  type DeadLetter,
  type Delivery,
  type ForgottenLane,
  type LaneStats,
  type Message,
  type MessageId,
  type QueueDriver,
  type QueueStats,
  type ReadOptions,
  type Receipt,
  type StreamTotals,
} from '../../driver.ts';
import type { QueueLogger } from '../../queue-logger.ts';
import { noteDropped, TotalCounters } from '../../total-counters.ts';
import { DirectoryLock } from './directory-lock.ts';
import { EmbeddedStream } from './embedded-stream.ts';
import { closeFile, makePrivateDirectory, openFile, syncData, writeFully } from './file-access.ts';
import { fileNameOf, nameOfFile } from './file-name.ts';
import { formatMessageId } from './message-id.ts';
import { ReceiptIndex } from './receipt-index.ts';
import { RecoveryReport } from './recovery-report.ts';

const SEGMENT_BYTES_MAX = 64 * 1024 ** 2;
/** With less free space than this the queue says that it is not ready: an append or two more would fail. */
const FREE_BYTES_MIN = 16 * 1024 ** 2;
const PROBE_BYTES = 64 * 1024;
const RETRY_AFTER_SECONDS = 5;

/** Short enough for "soon"; emptying costs a few flushes, too much for every message of a trickle. */
const QUIET_MS = 1000;

/** How to open an embedded queue. */
export interface EmbeddedQueueOptions {
  /** Made if it does not exist. One process at a time. */
  readonly directory: string;
  readonly logger: QueueLogger;
  /** Default: `receipts.sqlite` in the directory. */
  readonly receiptsPath?: string;
  /** Milliseconds since the Unix epoch; default: the machine's clock. */
  readonly nowMs?: () => number;
  /** At which size a segment file is ended and another begun; default: 64 MiB. */
  readonly segmentBytesMax?: number;
  /** How long a stream must be quiet, with everything acknowledged, before the files that hold its bodies are deleted; ten times that when it never is so long. Default: 1 s. */
  readonly quietMs?: number;
  /** How many bytes of bodies the dead letters of a stream may have before the oldest are dropped; default: 1 GiB. The file on the disk may be twice that, and thrice while it is rewritten. */
  readonly deadBytesMax?: number;
  /** How long a dead letter is kept; default: 30 days. */
  readonly deadMsMax?: number;
}

/**
 * Opens the queue that needs no server: files under one directory (docs/adr/0003-queue.md). Mends what a crash left, with warnings that contain "queue recovered". Throws `AegisError`
 * `unavailable` when another process has the directory.
 */
export async function openEmbeddedQueue(options: EmbeddedQueueOptions): Promise<QueueDriver> {
  await makePrivateDirectory(options.directory);
  const lock = await DirectoryLock.take(options.directory);
  const queue = new EmbeddedQueue(options, lock);
  try {
    await queue.open();
  } catch (error) {
    await queue.close().catch(() => undefined);
    throw error;
  }
  return queue;
}

class EmbeddedQueue implements QueueDriver {
  private readonly options: EmbeddedQueueOptions;
  private readonly lock: DirectoryLock;
  private readonly report: RecoveryReport;
  private readonly nowMs: () => number;
  private readonly streams = new Map<string, Promise<EmbeddedStream>>();
  private readonly counters = new TotalCounters();
  /** Appends under way, by the keys of their receipts. */
  private readonly appending = new Map<string, Promise<unknown>>();
  private receipts: ReceiptIndex | undefined;
  private lastAppendFailed = false;
  private probing: Promise<void> | undefined;
  private readonly gate = new CallGate();

  constructor(options: EmbeddedQueueOptions, lock: DirectoryLock) {
    this.options = options;
    this.lock = lock;
    this.report = new RecoveryReport(options.logger);
    this.nowMs = options.nowMs ?? Date.now;
  }

  async open(): Promise<void> {
    const { directory, logger, receiptsPath } = this.options;
    this.receipts = await ReceiptIndex.open({
      path: receiptsPath ?? join(directory, 'receipts.sqlite'),
      report: this.report,
      logger,
      nowMs: this.nowMs,
      refill: () => this.refillReceipts(),
    });
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const name = entry.isDirectory() ? nameOfFile(entry.name) : undefined;
      if (name !== undefined) {
        await this.stream(name);
      }
    }
  }

  append(stream: string, message: Message, receipts: readonly Receipt[] = []): Promise<Appended> {
    checkName('stream', stream);
    checkLane(message.lane);
    return this.guarded(async () => {
      const log = (await this.stream(stream)).log;
      for (let other = this.appendUnder(receipts); other !== undefined; other = this.appendUnder(receipts)) {
        await other.catch(() => undefined);
      }
      for (const { key } of receipts) {
        const existing = this.index.find(key);
        if (existing !== undefined) {
          return { existing };
        }
      }
      const id = await this.appendOnce(log.append(message, receipts), receipts);
      this.counters.add(stream, 'appended');
      this.counters.add(stream, 'appendedBytes', message.body.byteLength);
      return { id };
    });
  }

  remember(receipts: readonly Receipt[]): Promise<void> {
    return this.guarded(async () => {
      for (let other = this.appendUnder(receipts); other !== undefined; other = this.appendUnder(receipts)) {
        await other.catch(() => undefined);
      }
      await this.index.remember(receipts);
    });
  }

  async findReceipt(key: string): Promise<Receipt | undefined> {
    return this.guarded(async () => this.index.find(key));
  }

  read(who: ConsumerName, options: ReadOptions): Promise<readonly Delivery[]> {
    checkConsumer(who);
    const { countMax, bytesMax, waitMs, signal } = options;
    return this.guarded(async () => {
      const stream = await this.stream(who.stream);
      const group = await stream.group(who.group);
      const deadline = performance.now() + waitMs;
      for (;;) {
        if (signal?.aborted || this.gate.isClosed) {
          return [];
        }
        const deliveries = await group.take(countMax, bytesMax);
        const leftMs = deadline - performance.now();
        if (deliveries.length > 0 || leftMs <= 0) {
          this.counters.add(who.stream, 'delivered', deliveries.length);
          return deliveries;
        }
        if (!group.hasNew) {
          await stream.appended.wait(leftMs, signal);
        }
      }
    });
  }

  claim(who: ConsumerName, idleMs: number, countMax: number, bytesMax = CLAIM_BYTES_MAX): Promise<readonly Delivery[]> {
    checkConsumer(who);
    return this.guarded(async () => {
      const stream = await this.stream(who.stream);
      // Workers claim every few seconds, so letters go in time although nobody lists them.
      await stream.dead.dropOld();
      const group = await stream.group(who.group);
      const deliveries = await group.claim(idleMs, countMax, bytesMax);
      this.counters.add(who.stream, 'redelivered', deliveries.length);
      return deliveries;
    });
  }

  ack(who: ConsumerName, ids: readonly MessageId[]): Promise<void> {
    checkConsumer(who);
    return this.guarded(async () => {
      const group = await (await this.stream(who.stream)).group(who.group);
      this.counters.add(who.stream, 'acknowledged', await group.ack(ids));
    });
  }

  bury(who: ConsumerName, id: MessageId, reason: string): Promise<void> {
    checkConsumer(who);
    return this.guarded(async () => {
      const buried = await (await this.stream(who.stream)).bury(who.group, id, reason);
      this.counters.add(who.stream, 'buried', buried ? 1 : 0);
    });
  }

  deadLetters(stream: string, limit: number, after?: MessageId): Promise<readonly DeadLetter[]> {
    return this.guarded(async () => (await this.stream(stream)).dead.list(limit, after));
  }

  deadLetter(stream: string, id: MessageId): Promise<DeadLetter | undefined> {
    return this.guarded(async () => (await this.stream(stream)).dead.find(id));
  }

  replay(stream: string, id: MessageId): Promise<boolean> {
    return this.guarded(async () => {
      const replayed = await (await this.stream(stream)).replay(id);
      this.counters.add(stream, 'replayed', replayed ? 1 : 0);
      return replayed;
    });
  }

  discard(stream: string, id: MessageId): Promise<boolean> {
    return this.guarded(async () => {
      const discarded = await (await this.stream(stream)).dead.discard(id);
      this.counters.add(stream, 'discarded', discarded ? 1 : 0);
      return discarded;
    });
  }

  stats(stream: string, group: string): Promise<QueueStats> {
    return this.guarded(async () => (await this.stream(stream)).stats(group));
  }

  laneStats(stream: string, group: string, lane: string): Promise<LaneStats> {
    checkLane(lane);
    return this.guarded(async () => (await this.stream(stream)).laneStats(group, lane));
  }

  forgetLane(stream: string, group: string, lane: string): Promise<ForgottenLane> {
    checkName('group', group);
    checkLane(lane);
    return this.guarded(async () => {
      const forgotten = await (await this.stream(stream)).forgetLane(group, lane);
      this.counters.add(stream, 'acknowledged', forgotten.messages);
      this.counters.add(stream, 'discarded', forgotten.deadLetters);
      return forgotten;
    });
  }

  totals(): readonly StreamTotals[] {
    return this.counters.list();
  }

  ping(): Promise<void> {
    return this.guarded(async () => {
      const { bavail, bsize } = await statfs(this.options.directory);
      if (bavail * bsize < FREE_BYTES_MIN) {
        throw new Error(`the disk of the queue has only ${bavail * bsize} bytes left`);
      }
      if (this.lastAppendFailed) {
        this.probing ??= this.probe().finally(() => {
          this.probing = undefined;
        });
        await this.probing;
      }
    });
  }

  async close(): Promise<void> {
    const opened = await Promise.all([...this.streams.values()].map((stream) => stream.catch(() => undefined)));
    const wake = () => {
      for (const stream of opened) {
        stream?.appended.notify();
      }
    };
    if (await this.gate.close(wake)) {
      // Those too that calls under way have opened meanwhile.
      for (const stream of this.streams.values()) {
        await (await stream.catch(() => undefined))?.close();
      }
      await this.receipts?.close();
      this.lock.release();
    }
  }

  private get index(): ReceiptIndex {
    if (this.receipts === undefined) {
      throw new Error('the queue is not open yet');
    }
    return this.receipts;
  }

  /** An append under way under one of the keys. Who waits for it must ask again, and then act at once: it may fail, and then the first who asked takes its place. */
  private appendUnder(receipts: readonly Receipt[]): Promise<unknown> | undefined {
    return receipts.map(({ key }) => this.appending.get(key)).find((append) => append !== undefined);
  }

  private async appendOnce(appended: Promise<number>, receipts: readonly Receipt[]): Promise<MessageId> {
    for (const { key } of receipts) {
      this.appending.set(key, appended);
    }
    try {
      const seq = await appended;
      this.lastAppendFailed = false;
      return formatMessageId(seq);
    } catch (error) {
      this.lastAppendFailed = true;
      throw error;
    } finally {
      for (const { key } of receipts) {
        this.appending.delete(key);
      }
    }
  }

  /** Tries the disk: without this a queue that nobody appends to, because it is not ready, would never be ready again. */
  private async probe(): Promise<void> {
    // No stream has a name with a dot.
    const path = join(this.options.directory, 'probe.tmp');
    const fd = await openFile(path, 'w');
    try {
      await writeFully(fd, [Buffer.alloc(PROBE_BYTES)], 0);
      await syncData(fd);
    } finally {
      await closeFile(fd);
      await rm(path, { force: true });
    }
    this.lastAppendFailed = false;
  }

  private stream(name: string): Promise<EmbeddedStream> {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      checkName('stream', name);
      const { directory, logger, segmentBytesMax, deadBytesMax, deadMsMax, quietMs } = this.options;
      stream = EmbeddedStream.open({
        name,
        directory: join(directory, fileNameOf(name)),
        segmentBytesMax: segmentBytesMax ?? SEGMENT_BYTES_MAX,
        quietMs: quietMs ?? QUIET_MS,
        deadBytesMax: deadBytesMax ?? DEAD_BYTES_MAX,
        deadMsMax: deadMsMax ?? DEAD_MS_MAX,
        onDropped: (count) => noteDropped(logger, this.counters, name, count),
        receipts: this.index,
        report: this.report,
        logger,
        nowMs: this.nowMs,
      });
      this.streams.set(name, stream);
      stream.catch(() => this.streams.delete(name));
    }
    return stream;
  }

  private async refillReceipts(): Promise<void> {
    for (const stream of this.streams.values()) {
      await (await stream).restoreReceipts(0);
    }
  }

  private guarded<T>(work: () => Promise<T>): Promise<T> {
    return this.gate.run(work, diskError);
  }
}

/** A failure of the disk is something that passes, for those who call. */
function diskError(cause: unknown): AegisError {
  const internal = `the queue's disk: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new AegisError('unavailable', { internal, cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
