import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type IngestEnvelope } from '@aegisguard/model';
import type { ConsumerName, Delivery, QueueDriver } from '@aegisguard/queue';
import type { LogStore } from '@aegisguard/storage';
import type { Logger } from 'pino';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import { type GroupMember, InsertGroup } from './insert-group.ts';
import { type NormalizerPool, PoisonBatchError } from './normalizer-pool.ts';

/** Measured with `npm run bench`: larger groups save little, and hold more memory. */
const GROUP_LIMITS = { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 };
const READ_LIMITS = { countMax: 16, bytesMax: 8 * 1024 ** 2 };
/** A message that its consumer has held this long is taken over (product brief §1). */
const CLAIM_IDLE_MS = 60_000;
const CLAIM_EVERY_MS = 10_000;
/** A batch held longer is let go unacknowledged, to be claimed: an insert (bounded by 25 s) must end before another consumer may take the batch over. */
const LEASE_MS = 30_000;
const RETRY_MS_MAX = 5_000;

/** What the worker works with. */
export interface LogWorkerParts {
  readonly who: ConsumerName;
  readonly queue: QueueDriver;
  readonly store: LogStore;
  readonly pool: NormalizerPool;
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
  private lastClaimMs = 0;

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
    if (nowMs() - this.lastClaimMs >= CLAIM_EVERY_MS) {
      const claimed = await queue.claim(who, CLAIM_IDLE_MS, READ_LIMITS.countMax);
      await this.take(claimed);
      if (claimed.length < READ_LIMITS.countMax) {
        this.lastClaimMs = nowMs();
      }
    }
    const waitMs = this.group.members.length === 0 ? 1000 : this.group.dueInMs(nowMs());
    await this.take(await queue.read(who, { ...READ_LIMITS, waitMs, signal: this.stopping.signal }));
    if (this.group.isDue(nowMs())) {
      await this.flush();
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
      throw new AggregateError(
        failures,
        `${failures.length} batches could not be prepared; they will be delivered again`,
      );
    }
  }

  /** The rows of a delivery that are not stored yet; undefined when the delivery is dealt with. */
  private async prepare(delivery: Delivery): Promise<GroupMember | undefined> {
    const { queue, who, pool, metrics, logger } = this.parts;
    const heldSinceMs = this.parts.nowMs();
    try {
      const envelope = readEnvelope(delivery);
      const skip = await this.skipOf(delivery, envelope);
      const batch = await pool.normalize(envelope, delivery.body, skip);
      if (batch.rowCount === 0) {
        await queue.ack(who, [delivery.id]);
        return undefined;
      }
      return { delivery, envelope, batch, heldSinceMs };
    } catch (error) {
      if (!(error instanceof PoisonBatchError)) {
        throw error;
      }
      metrics.workerDeadLetters.inc({ signal: 'logs' });
      logger.error(
        { messageId: delivery.id, reason: error.message },
        'a batch cannot be processed and goes to the dead letters',
      );
      await queue.bury(who, delivery.id, error.message);
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
    const members = all.filter(({ heldSinceMs }) => startedMs - heldSinceMs < LEASE_MS);
    if (members.length === 0) {
      return;
    }
    try {
      await store.insertLogs(members.map(({ batch }) => batch));
    } catch (error) {
      metrics.workerInserts.inc({ signal: 'logs', outcome: 'failed' });
      logger.warn({ err: error, batches: members.length }, 'an insert failed');
      await this.recover(members, error);
      return;
    }
    metrics.workerInserts.inc({ signal: 'logs', outcome: 'stored' });
    metrics.workerInsertSeconds.observe({ signal: 'logs' }, (nowMs() - startedMs) / 1000);
    metrics.workerRows.inc(
      { signal: 'logs' },
      members.reduce((sum, { batch }) => sum + batch.rowCount, 0),
    );
    await this.settle(() =>
      queue.ack(
        who,
        members.map(({ delivery }) => delivery.id),
      ),
    );
  }

  /**
   * After a failed insert nobody knows which rows are stored. Each batch is tried alone after asking the store, until its lease ends; a batch that the store refuses for its content
   * is poison, and must not hold up the others.
   */
  private async recover(members: readonly GroupMember[], cause: unknown): Promise<void> {
    for (const member of members) {
      await this.settle(() => this.recoverOne(member, cause));
    }
  }

  private async recoverOne({ delivery, envelope, batch, heldSinceMs }: GroupMember, cause: unknown): Promise<void> {
    const { store, queue, who, nowMs, metrics } = this.parts;
    let failure = cause;
    for (let attempt = 1; nowMs() - heldSinceMs < LEASE_MS; attempt += 1) {
      const stored = await store.storedIndexes(envelope.orgId, envelope.batchId);
      if (stored.size >= batch.rowCount) {
        return queue.ack(who, [delivery.id]);
      }
      if (stored.size > 0) {
        // Partly stored: let it go, the redelivery brings exactly the missing rows.
        return;
      }
      try {
        await store.insertLogs([batch]);
        return queue.ack(who, [delivery.id]);
      } catch (error) {
        failure = error;
        if (!isPassing(error)) {
          break;
        }
        await this.pause(Math.min(RETRY_MS_MAX, 100 * 2 ** attempt));
        if (this.stopping.signal.aborted) {
          return;
        }
      }
    }
    if (!isPassing(failure)) {
      metrics.workerDeadLetters.inc({ signal: 'logs' });
      await queue.bury(
        who,
        delivery.id,
        `the store refused it: ${failure instanceof Error ? failure.message : String(failure)}`,
      );
    }
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
