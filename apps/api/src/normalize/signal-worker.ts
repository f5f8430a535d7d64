import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type IngestEnvelope, type OrgId, type Signal } from '@aegisguard/model';
import type { ConsumerName, Delivery, QueueDriver } from '@aegisguard/queue';
import type { Logger } from 'pino';
import type { IngestCounter } from '../platform/ingest-counter.ts';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import { ThreadDeathError } from '../platform/thread-pool.ts';
import { withoutQuotes } from '../platform/without-quotes.ts';
import type { RuledCounts } from './apply-rules.ts';
import { countLoss } from './count-loss.ts';
import { type GroupLimits, type GroupMember, InsertGroup } from './insert-group.ts';
import type { InsertTurns } from './insert-turns.ts';
import type { BatchJob, NormalizedBatch } from './normalize-batch.ts';
import { PoisonBatchError } from './normalizer-pool.ts';
import type { ScrubCounter } from './scrub-counter.ts';
import type { SignalSink } from './signal-sink.ts';

const READ_LIMITS = { countMax: 16, bytesMax: 8 * 1024 ** 2 };
/** How long a read of an idle stream waits; four waiting streams must cost nothing. */
const IDLE_WAIT_MS = 5_000;
/** A group that is due while another is being inserted is looked at so often; it goes on filling meanwhile, since live tails must not wait for the store. */
const INSERTING_WAIT_MS = 50;
/** A message that its consumer has held this long is taken over. */
const CLAIM_IDLE_MS = 60_000;
const CLAIM_EVERY_MS = 10_000;
/** A batch held longer is let go unacknowledged, to be claimed: an insert (bounded by 25 s) must end before another consumer may take the batch over. */
const LEASE_MS = 30_000;
const RETRY_MS_MAX = 5_000;
/** Only after so many deliveries is a failure that could pass held against the batch itself. */
const DELIVERIES_BEFORE_BURIAL = 3;

/** A delivery that could not be prepared. */
interface Unprepared {
  readonly delivery: Delivery;
  readonly error: unknown;
}

/** What the worker works with. Times are monotonic ms: a clock set back must not stretch a lease. */
export interface SignalWorkerParts<Batch> {
  readonly signal: Signal;
  readonly who: ConsumerName;
  readonly queue: QueueDriver;
  readonly sink: SignalSink<Batch>;
  readonly normalize: (job: BatchJob) => Promise<NormalizedBatch<Batch>>;
  /** Whether an organization is deleted, as of a few seconds ago: nothing of it is stored any more. Throws when it cannot be known. */
  readonly isErased: (orgId: OrgId) => Promise<boolean>;
  readonly groupLimits: GroupLimits;
  /** Shared by the workers of all signals: the store is. */
  readonly turns: InsertTurns;
  readonly counter: IngestCounter;
  readonly scrubCounter: ScrubCounter;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

/**
 * Takes one signal's batches from the queue, has them normalized, inserts them in groups and acknowledges. While one group is being inserted the next one fills. A batch that may have been
 * written before (delivered again, or its insert failed) is first compared with what is stored, row by row, unless writing it again changes nothing: redelivery writes no duplicate.
 */
export class SignalWorker<Batch> {
  private readonly stopping = new AbortController();
  private group: InsertGroup<Batch>;
  private inserting: Promise<void> = Promise.resolve();
  private isInserting = false;
  private running: Promise<void> = Promise.resolve();
  private lastClaimMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: SignalWorkerParts<Batch>) {
    this.group = new InsertGroup(parts.groupLimits);
  }

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
        if (claimed.length > 0) {
          // What is left behind is older than anything new, and the order of increments matters: all of it comes first.
          return;
        }
        this.lastClaimMs = nowMs();
      }
      const dueInMs = Math.max(this.group.dueInMs(nowMs()), this.isInserting ? INSERTING_WAIT_MS : 0);
      const waitMs = this.group.members.length === 0 ? IDLE_WAIT_MS : dueInMs;
      await this.take(await queue.read(who, { ...READ_LIMITS, waitMs, signal: this.stopping.signal }));
    } finally {
      // Whatever failed, the batches that did not are not to lose their lease over it.
      if (this.group.isDue(nowMs()) && (this.group.isLarge() || !this.isInserting)) {
        await this.flush();
      }
    }
  }

  /**
   * Prepares what was delivered. While what that takes is away (the store, the database of policies) it is tried again and again, before anything newer is read, until the leases end; letting go at once would mean a minute until the
   * batches are claimed.
   */
  private async take(deliveries: readonly Delivery[]): Promise<void> {
    const { logger, nowMs } = this.parts;
    const heldSinceMs = nowMs();
    const lost: unknown[] = [];
    let rest = deliveries;
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      const failed = await this.prepareAll(rest, heldSinceMs);
      const isHeld = nowMs() - heldSinceMs < LEASE_MS && !this.stopping.signal.aborted;
      const again = failed.filter((failure) => isHeld && canBeTriedAgain(failure));
      lost.push(...failed.filter((failure) => !again.includes(failure)).map(({ error }) => error));
      rest = again.map(({ delivery }) => delivery);
      if (again.length > 0) {
        logger.warn({ err: again[0]?.error, batches: again.length }, 'batches cannot be prepared now; they wait');
        if (this.group.isDue(nowMs())) {
          await this.flush();
        }
        await this.pause(Math.min(RETRY_MS_MAX, 100 * 2 ** attempt));
      }
    }
    if (lost.length > 0) {
      throw new AggregateError(lost, `${lost.length} batches could not be prepared; they come again`);
    }
  }

  /** Adds what could be prepared to the open group, in its order; answers with the others. */
  private async prepareAll(deliveries: readonly Delivery[], heldSinceMs: number): Promise<readonly Unprepared[]> {
    const outcomes = await Promise.allSettled(deliveries.map((delivery) => this.prepare(delivery, heldSinceMs)));
    return outcomes.flatMap((outcome, at) => {
      if (outcome.status === 'rejected') {
        return [{ delivery: deliveries[at] as Delivery, error: outcome.reason as unknown }];
      }
      if (outcome.value !== undefined) {
        this.group.add(outcome.value, this.parts.nowMs());
      }
      return [];
    });
  }

  /** The rows of a delivery that are not stored yet; undefined when the delivery is dealt with. */
  private async prepare(delivery: Delivery, heldSinceMs: number): Promise<GroupMember<Batch> | undefined> {
    const { normalize, queue, sink, who } = this.parts;
    const isFirstTry = delivery.deliveryCount <= 1;
    let envelope: IngestEnvelope | undefined;
    try {
      envelope = readEnvelope(delivery);
      if (await this.parts.isErased(envelope.orgId)) {
        this.parts.metrics.workerErasedBatches.inc({ signal: this.parts.signal });
        await queue.ack(who, [delivery.id]);
        return undefined;
      }
      const stored = isFirstTry ? undefined : await sink.storedIndexes?.(envelope.orgId, envelope.batchId);
      const skip = stored === undefined ? envelope.rejected : [...envelope.rejected, ...stored];
      const { batch, findings, ruled } = await normalize({
        envelope,
        body: delivery.body,
        skip,
        everySeries: !isFirstTry,
      });
      const { isEmpty, rowCount, byteCount } = sink.sizeOf(batch);
      if (isEmpty) {
        await queue.ack(who, [delivery.id]);
        this.countRuled(envelope, ruled);
        return undefined;
      }
      const storedBefore = stored?.size ?? 0;
      return { delivery, envelope, batch, findings, ruled, rowCount, byteCount, storedBefore, isFirstTry, heldSinceMs };
    } catch (error) {
      const isFatal = error instanceof ThreadDeathError && delivery.deliveryCount >= DELIVERIES_BEFORE_BURIAL;
      if (!(isFatal || error instanceof PoisonBatchError)) {
        throw error;
      }
      await this.bury(delivery, envelope, `The batch could not be read: ${error.message}`, error);
      return undefined;
    }
  }

  /** Starts inserting the open group once the one before it is through. */
  private async flush(): Promise<void> {
    await this.inserting;
    const group = this.group;
    if (group.members.length === 0) {
      return;
    }
    this.group = new InsertGroup(this.parts.groupLimits);
    this.isInserting = true;
    this.inserting = this.insert(group.members).finally(() => {
      this.isInserting = false;
    });
  }

  /** Inserts and acknowledges; never throws. What cannot be inserted now stays unacknowledged and comes again. */
  private async insert(all: readonly GroupMember<Batch>[]): Promise<void> {
    const { metrics, logger, queue, signal, sink, turns, who } = this.parts;
    let members: readonly GroupMember<Batch>[] = [];
    try {
      await turns.take(async () => {
        // Leases may have ended while others had their turn.
        members = all.filter((member) => this.isHeld(member));
        await this.insertNow(members);
      });
    } catch (error) {
      metrics.workerInserts.inc({ signal, outcome: 'failed' });
      logger.warn(
        { err: error, signal, batches: members.length },
        'an insert failed; its batches are tried one by one',
      );
      for (const member of members) {
        await this.settle(() => this.insertAlone({ ...member, isFirstTry: false }));
      }
      return;
    }
    await this.settle(() =>
      queue.ack(
        who,
        members.map(({ delivery }) => delivery.id),
      ),
    );
    for (const { batch } of members) {
      sink.release(batch);
    }
  }

  private async insertNow(all: readonly GroupMember<Batch>[]): Promise<void> {
    const { metrics, nowMs, signal, sink } = this.parts;
    const members = await this.withoutErased(all);
    if (members.length === 0) {
      return;
    }
    const startedMs = nowMs();
    await sink.insert(members);
    metrics.workerInserts.inc({ signal, outcome: 'stored' });
    metrics.workerInsertSeconds.observe({ signal }, (nowMs() - startedMs) / 1000);
    metrics.workerRows.inc(
      { signal },
      members.reduce((sum, { rowCount }) => sum + rowCount, 0),
    );
    this.countFindings(members);
  }

  /** An organization may be deleted while its rows wait for their insert; they count as dealt with. */
  private async withoutErased(members: readonly GroupMember<Batch>[]): Promise<readonly GroupMember<Batch>[]> {
    const { isErased, metrics, signal } = this.parts;
    const erased = await Promise.all(members.map(({ envelope }) => isErased(envelope.orgId)));
    const kept = members.filter((_, at) => erased[at] === false);
    metrics.workerErasedBatches.inc({ signal }, members.length - kept.length);
    return kept;
  }

  /**
   * After a failed insert nobody knows which rows are stored. The batch is tried alone, after asking the store each time, until its lease ends; then it comes again. One that the store refuses for
   * its content, delivery after delivery, goes to the dead letters: it must not come for ever.
   */
  private async insertAlone(member: GroupMember<Batch>): Promise<void> {
    const { queue, sink, turns, who } = this.parts;
    const { delivery, envelope } = member;
    for (let attempt = 1; this.isHeld(member) && !this.stopping.signal.aborted; attempt += 1) {
      const stored = await sink.storedIndexes?.(envelope.orgId, envelope.batchId);
      if (stored !== undefined && stored.size >= member.storedBefore + member.rowCount) {
        this.countFindings([member]);
        return queue.ack(who, [delivery.id]);
      }
      if (stored !== undefined && stored.size > member.storedBefore) {
        // Some of these rows are stored: let it go, the next delivery brings exactly the missing ones.
        return;
      }
      try {
        const isInserted = await turns.take(async () => {
          const isHeld = this.isHeld(member);
          await this.insertNow(isHeld ? [member] : []);
          return isHeld;
        });
        return isInserted ? await queue.ack(who, [delivery.id]) : undefined;
      } catch (error) {
        if (!isPassing(error)) {
          return delivery.deliveryCount >= DELIVERIES_BEFORE_BURIAL
            ? this.bury(delivery, envelope, 'The store refused the batch for its content.', error)
            : undefined;
        }
        await this.pause(Math.min(RETRY_MS_MAX, 100 * 2 ** attempt));
      }
    }
  }

  private countFindings(members: readonly GroupMember<Batch>[]): void {
    for (const { envelope, findings, ruled } of members) {
      this.parts.scrubCounter.add(envelope.orgId, envelope.signal, findings);
      this.countRuled(envelope, ruled);
    }
  }

  private countRuled(envelope: IngestEnvelope, ruled: RuledCounts | undefined): void {
    if (ruled !== undefined && ruled.dropped > 0) {
      countLoss(this.parts.counter, envelope, 'dropped-by-rule', ruled.dropped);
    }
    if (ruled !== undefined && ruled.failed > 0) {
      this.parts.metrics.workerRuleFailures.inc(ruled.failed);
    }
  }

  private isHeld({ heldSinceMs }: GroupMember<Batch>): boolean {
    return this.parts.nowMs() - heldSinceMs < LEASE_MS;
  }

  /** `reason` is for the organization to read; what the store said may quote others' data, so it goes to the log only. */
  private async bury(
    delivery: Delivery,
    envelope: IngestEnvelope | undefined,
    reason: string,
    cause: unknown,
  ): Promise<void> {
    const { queue, who, counter, metrics, logger, signal, sink } = this.parts;
    metrics.workerDeadLetters.inc({ signal });
    logger.error({ messageId: delivery.id, signal, err: cause }, 'a batch cannot be processed: dead letter');
    await queue.bury(who, delivery.id, reason);
    sink.onBuried();
    if (envelope !== undefined) {
      countLoss(counter, envelope, 'dead-letter', envelope.accepted);
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

/** Its body may have been given to a thread; then only the queue has it still. */
function canBeTriedAgain({ delivery, error }: Unprepared): boolean {
  const { buffer } = delivery.body;
  return isPassing(error) && !(buffer instanceof ArrayBuffer && buffer.detached);
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
      `the envelope cannot be read: ${withoutQuotes(error instanceof Error ? error.message : String(error))}`,
    );
  }
}
