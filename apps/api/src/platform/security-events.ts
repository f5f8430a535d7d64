import {
  EVENTS_RETENTION_DAYS,
  type EventSeverity,
  type IngestEnvelope,
  type JsonObject,
  type OrgId,
  PLATFORM_EVENTS,
  type PlatformEventType,
  streamOf,
} from '@aegisguard/model';
import type { QueueDriver } from '@aegisguard/queue';
import type { Logger } from 'pino';
import { newBatchId } from './batch-id.ts';
import { FloodFolder, type PlatformOccurrence } from './flood-folder.ts';
import type { SelfMetrics } from './self-metrics.ts';

const SIGNAL = 'events';
const TICK_MS = 1000;
/** Events that may wait while the queue is away: some ten megabytes. */
const WAITING_MAX = 10_000;
/** Of one message in the queue. */
const BATCH_MAX = 500;
/** Longer actors, targets and messages are cut: some are made up by an attacker. UTF-16 units. */
const TEXT_LENGTH_MAX = 1024;

/** Something that an organization should know. */
export interface RaisedEvent {
  readonly type: PlatformEventType;
  /** Where the table of types does not say it right. */
  readonly severity?: EventSeverity;
  /** Who did it: a person's e-mail, a key's id. */
  readonly actor?: string | undefined;
  readonly ip?: string | undefined;
  readonly target?: string | undefined;
  readonly message?: string | undefined;
  /** What else is known; never a secret. */
  readonly attributes?: JsonObject;
}

/** What it works with. */
export interface SecurityEventsParts {
  readonly queue: Pick<QueueDriver, 'append'>;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
  readonly nowMs: () => number;
  readonly waitingMax?: number;
}

/** An event as text, so that what cannot be written is noticed when it is raised. */
interface WaitingEvent {
  readonly orgId: OrgId;
  readonly json: string;
}

/**
 * Tells organizations what the platform noticed, as security events of the source `platform`, on the path of all telemetry. Nobody waits for it and it fails nobody: what the queue does not take waits here
 * and is tried again; what there is no room for is logged and counted.
 */
export class SecurityEvents {
  private readonly folder = new FloodFolder();
  private waiting: WaitingEvent[] = [];
  private flushing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isFailing = false;
  private lost = 0;

  constructor(private readonly parts: SecurityEventsParts) {}

  /** Tells what was folded, and tries again what failed, every second from now on. */
  start(): void {
    this.timer = setInterval(() => {
      this.tellDue();
      void this.flush();
    }, TICK_MS).unref();
  }

  /** Tells an organization. Costs some microseconds, and in a flood no more than one event a minute. */
  raise(orgId: OrgId, event: RaisedEvent): void {
    const { metrics, nowMs } = this.parts;
    metrics.securityEventsRaised.inc({ type: event.type });
    const told = this.folder.add({
      orgId,
      atMs: nowMs(),
      type: event.type,
      severity: event.severity ?? PLATFORM_EVENTS[event.type].severity,
      actor: cut(event.actor),
      ip: cut(event.ip),
      target: cut(event.target),
      message: cut(event.message),
      attributes: event.attributes ?? {},
    });
    if (told === 'lost') {
      this.lose(1, 'too much happens at once');
    } else if (told !== undefined) {
      this.keep(told);
      // While the queue is away the timer tries often enough.
      if (!this.isFailing) {
        void this.flush();
      }
    }
  }

  /** Puts what floods have come to by now among what waits. */
  tellDue(): void {
    for (const told of this.folder.due(this.parts.nowMs())) {
      this.keep(told);
    }
  }

  /** Hands over what waits, as far as the queue takes it. Resolves when it is done, whatever became of it. */
  flush(): Promise<void> {
    // Not in the turn of whoever raises: what is raised together goes together.
    this.flushing ??= Promise.resolve().then(() => this.handOver());
    return this.flushing;
  }

  /** Stops, and hands over what is left, floods under way included. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const told of this.folder.drain()) {
      this.keep(told);
    }
    await this.flushing;
    await this.flush();
    if (this.waiting.length > 0) {
      this.lose(this.waiting.length, 'the queue did not take them before the end');
      this.waiting = [];
    }
  }

  private keep({ orgId, atMs, ...event }: PlatformOccurrence): void {
    if (this.waiting.length >= (this.parts.waitingMax ?? WAITING_MAX)) {
      this.lose(1, 'the queue has been away for too long');
      return;
    }
    try {
      this.waiting.push({ orgId, json: JSON.stringify({ ...event, timestamp: atMs }) });
    } catch (error) {
      this.parts.logger.error({ err: error, type: event.type }, 'a security event could not be written');
      this.lose(1, 'it could not be written');
    }
  }

  private async handOver(): Promise<void> {
    do {
      const taken = this.waiting;
      this.waiting = [];
      this.isFailing = false;
      for (const [orgId, events] of Map.groupBy(taken, (event) => event.orgId)) {
        for (let from = 0; from < events.length; from += BATCH_MAX) {
          await this.append(orgId, events.slice(from, from + BATCH_MAX));
        }
      }
    } while (this.waiting.length > 0 && !this.isFailing);
    this.flushing = undefined;
  }

  /** At least once: an append that failed and was kept all the same is told again. */
  private async append(orgId: OrgId, events: readonly WaitingEvent[]): Promise<void> {
    const { logger, nowMs, queue } = this.parts;
    const receivedAtMs = nowMs();
    const envelope: IngestEnvelope = {
      v: 1,
      orgId,
      signal: SIGNAL,
      format: 'platform-json',
      batchId: newBatchId(receivedAtMs),
      keyId: '',
      receivedAtMs,
      retentionDays: EVENTS_RETENTION_DAYS,
      accepted: events.length,
      rejected: [],
      clientAddress: '',
    };
    try {
      const body = Buffer.from(`{"events":[${events.map(({ json }) => json).join(',')}]}`);
      await queue.append(streamOf(SIGNAL), { lane: orgId, headers: JSON.stringify(envelope), body });
    } catch (error) {
      if (!this.isFailing) {
        logger.warn({ err: error, events: events.length }, 'security events could not be queued; they wait');
      }
      this.isFailing = true;
      this.waiting.push(...events);
    }
  }

  private lose(count: number, why: string): void {
    const { logger, metrics } = this.parts;
    metrics.securityEventsLost.inc(count);
    if (this.lost === 0) {
      logger.error({ why }, 'security events of the platform are lost');
    }
    this.lost += count;
  }
}

function cut(text = ''): string {
  return text.slice(0, TEXT_LENGTH_MAX);
}
