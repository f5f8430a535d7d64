import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type IngestEnvelope } from '@aegisguard/model';
import type { ConsumerName, Delivery, QueueDriver } from '@aegisguard/queue';
import type { EncodedBatch, LogStore } from '@aegisguard/storage';
import type { Logger } from 'pino';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import { type GroupMember, InsertGroup } from './insert-group.ts';
import { PoisonBatchError, ThreadDeathError } from './normalizer-pool.ts';

/** Measured with `npm run bench`: larger groups save little, and hold more memory. */
const GROUP_LIMITS = { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 };
const READ_LIMITS = { countMax: 16, bytesMax: 8 * 1024 ** 2 };
/** A message that its consumer has held this long is taken over (product brief §1). */
const CLAIM_IDLE_MS = 60_000;
const CLAIM_EVERY_MS = 10_000;
/** A batch held longer is let go unacknowledged, to be claimed: an insert (bounded by 25 s) must end before another consumer may take the batch over. */
const LEASE_MS = 30_000;
const RETRY_MS_MAX = 5_000;
/** Only after so many deliveries is a failure that could pass held against the batch itself. */
const DELIVERIES_BEFORE_BURIAL = 3;

/** What the worker works with. Times are monotonic ms: a clock set back must not stretch a lease. */
export interface LogWorkerParts {
  readonly who: ConsumerName;
  readonly queue: QueueDriver;
  readonly store: Pick<LogStore, 'insert' | 'storedIndexes'>;
  readonly normalize: (envelope: IngestEnvelope, body: Uint8Array, skip: readonly number[]) => Promise<EncodedBatch>;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

/**
 * Takes batches from the queue, has them normalized, inserts them in groups and acknowledges. While one group is being inserted the next one fills. A batch that may have been
 * written before (delivered again, or its insert failed) is first compared with what is stored, row by row: redelivery writes no duplicate.
 */
export class LogWorker {
  private readonly stopping = new AbortController();
  private group = new InsertGroup(GROUP_LIMITS);
  private inserting: Promise<void> = Promise.resolve();
  private running: Promise<void> = Promise.resolve();
  private lastClaimMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: LogWorkerParts) {}

  start(): void {
    this.running = this.run();
  }

  /** Stops reading, inserts what was taken, acknowledges it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      try {
        await this.step();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.parts.logger.warn({ err: error }, 'the worker could not go on; it tries again');
        await this.pause(Math.min(RETRY_MS_MAX, 100 * 2 ** failures));
      }
    }
    await this.flush();
    await this.inserting;
  }

  private async step(): Promise<void> {
    const { queue, who, nowMs } = this.parts;
    try {
      if (nowMs() - this.lastClaimMs >= CLAIM_EVERY_MS) {
        const claimed = await queue.claim(who, CLAIM_IDLE_MS, READ_LIMITS.countMax);
        await this.take(claimed);
        if (claimed.length < READ_LIMITS.countMax) {
          this.lastClaimMs = nowMs();
        }
      }
      const waitMs = this.group.members.length === 0 ? 1000 : this.group.dueInMs(nowMs());
      await this.take(await queue.read(who, { ...READ_LIMITS, waitMs, signal: this.stopping.signal }));
    } finally {
      // Whatever failed, the batches that did not are not to lose their lease over it.
      if (this.group.isDue(nowMs())) {
        await this.flush();
      }
    }
  }

  private async take(deliveries: readonly Delivery[]): Promise<void> {
    const outcomes = await Promise.allSettled(deliveries.map((delivery) => this.prepare(delivery)));
    const failures = [];
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        failures.push(outcome.reason);
      } else if (outcome.value !== undefined) {
        this.group.add(outcome.value, this.parts.nowMs());
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, `${failures.length} batches could not be prepared; they come again`);
    }
  }

  /** The rows of a delivery that are not stored yet; undefined when the delivery is dealt with. */
  private async prepare(delivery: Delivery): Promise<GroupMember | undefined> {
    const heldSinceMs = this.parts.nowMs();
    try {
      const envelope = readEnvelope(delivery);
      const batch = await this.parts.normalize(envelope, delivery.body, await this.skipOf(delivery, envelope));
      if (batch.rowCount === 0) {
        await this.parts.queue.ack(this.parts.who, [delivery.id]);
        return undefined;
      }
      return { delivery, envelope, batch, heldSinceMs };
    } catch (error) {
      const isFatal = error instanceof ThreadDeathError && delivery.deliveryCount >= DELIVERIES_BEFORE_BURIAL;
      if (!(isFatal || error instanceof PoisonBatchError)) {
        throw error;
      }
      await this.bury(delivery, `The batch could not be read: ${error.message}`, error);
      return undefined;
    }
  }

  private async skipOf(delivery: Delivery, envelope: IngestEnvelope): Promise<readonly number[]> {
    if (delivery.deliveryCount <= 1) {
      return envelope.rejected;
    }
    const stored = await this.parts.store.storedIndexes(envelope.orgId, envelope.batchId);
    return [...envelope.rejected, ...stored];
  }

  /** Starts inserting the open group once the one before it is through. */
  private async flush(): Promise<void> {
    await this.inserting;
    const group = this.group;
    if (group.members.length === 0) {
      return;
    }
    this.group = new InsertGroup(GROUP_LIMITS);
    this.inserting = this.insert(group.members);
  }

  /** Inserts and acknowledges; never throws. What cannot be inserted now stays unacknowledged and comes again. */
  private async insert(all: readonly GroupMember[]): Promise<void> {
    const { metrics, logger, store, queue, who, nowMs } = this.parts;
    const startedMs = nowMs();
    const members = all.filter((member) => this.isHeld(member));
    if (members.length === 0) {
      return;
    }
    try {
      await store.insert(members.map(({ batch }) => batch));
    } catch (error) {
      metrics.workerInserts.inc({ signal: 'logs', outcome: 'failed' });
      logger.warn({ err: error, batches: members.length }, 'an insert failed; its batches are tried one by one');
      for (const member of members) {
        await this.settle(() => this.insertAlone(member));
      }
      return;
    }
    metrics.workerInserts.inc({ signal: 'logs', outcome: 'stored' });
    metrics.workerInsertSeconds.observe({ signal: 'logs' }, (nowMs() - startedMs) / 1000);
    const rows = members.reduce((sum, { batch }) => sum + batch.rowCount, 0);
    metrics.workerRows.inc({ signal: 'logs' }, rows);
    await this.settle(() =>
      queue.ack(
        who,
        members.map(({ delivery }) => delivery.id),
      ),
    );
  }

  /**
   * After a failed insert nobody knows which rows are stored. The batch is tried alone, after asking the store each time, until its lease ends; then it comes again. One that the store refuses for
   * its content, delivery after delivery, goes to the dead letters: it must not come for ever.
   */
  private async insertAlone(member: GroupMember): Promise<void> {
    const { store, queue, who } = this.parts;
    const { delivery, envelope, batch } = member;
    for (let attempt = 1; this.isHeld(member) && !this.stopping.signal.aborted; attempt += 1) {
      const stored = await store.storedIndexes(envelope.orgId, envelope.batchId);
      if (stored.size >= envelope.accepted) {
        return queue.ack(who, [delivery.id]);
      }
      if (stored.size > envelope.accepted - batch.rowCount) {
        // Some of these rows are stored: let it go, the next delivery brings exactly the missing ones.
        return;
      }
      try {
        await store.insert([batch]);
        this.parts.metrics.workerRows.inc({ signal: 'logs' }, batch.rowCount);
        return queue.ack(who, [delivery.id]);
      } catch (error) {
        if (!isPassing(error)) {
          return delivery.deliveryCount >= DELIVERIES_BEFORE_BURIAL
            ? this.bury(delivery, 'The store refused the batch for its content.', error)
            : undefined;
        }
        await this.pause(Math.min(RETRY_MS_MAX, 100 * 2 ** attempt));
      }
    }
  }

  private isHeld({ heldSinceMs }: GroupMember): boolean {
    return this.parts.nowMs() - heldSinceMs < LEASE_MS;
  }

  /** `reason` is for the organization to read; what the store said may quote others' data, so it goes to the log only. */
  private async bury(delivery: Delivery, reason: string, cause: unknown): Promise<void> {
    const { queue, who, metrics, logger } = this.parts;
    metrics.workerDeadLetters.inc({ signal: 'logs' });
    logger.error({ messageId: delivery.id, err: cause }, 'a batch cannot be processed and goes to the dead letters');
    await queue.bury(who, delivery.id, reason);
  }

  /** Runs a last step whose failure only means redelivery. */
  private async settle(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'a batch could not be settled; it will be delivered again');
    }
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof AegisError && error.code !== 'internal';
}

function readEnvelope(delivery: Delivery): IngestEnvelope {
  try {
    const envelope = JSON.parse(delivery.headers) as IngestEnvelope;
    if (envelope.v !== 1) {
      throw new TypeError(`envelope version ${String(envelope.v)} is newer than this program`);
    }
    return envelope;
  } catch (error) {
    throw new PoisonBatchError(
      `the envelope cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
