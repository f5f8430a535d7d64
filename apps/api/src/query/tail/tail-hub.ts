import { AegisError, type OrgId } from '@aegisguard/model';
import type { OpenTail, TailCatch, TailExchange } from '@aegisguard/tail';
import type { OnModuleDestroy } from '@nestjs/common';
import type { SelfMetrics } from '../../platform/self-metrics.ts';
import { SeenLines } from './seen-lines.ts';
import { Tail, type TailEnd } from './tail.ts';

/** Tails that an organization may have in a process, and a process altogether. */
const TAILS_PER_ORG_MAX = 50;
const TAILS_MAX = 500;
/** With what access is remembered for (4 s), a tail ends within 5 s of the end of its session or key. */
const ACCESS_EVERY_MS = 500;

/** Who asks for a tail. */
export interface TailReader {
  readonly orgId: OrgId;
  /** Says why the reader may not read any more; undefined while they may. */
  readonly whyEnded: () => Promise<string | undefined>;
  /** Told of the end, also a reader that takes nothing. */
  readonly onEnd: () => void;
}

/** Readers of one organization with one query. */
interface Shared {
  readonly tails: Set<Tail>;
  readonly opening: Promise<OpenTail>;
}

/** The tails of this process. Those of one organization and one query are one for the exchange, so that lines are looked at, sent here and looked through for what came twice once. */
export class TailHub implements OnModuleDestroy {
  private readonly shared = new Map<string, Shared>();
  private readonly readers = new Map<Tail, TailReader>();
  private beat: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly exchange: TailExchange,
    private readonly metrics: SelfMetrics,
  ) {}

  /** A tail that is fed from now on. Throws `rate-limited` when there are too many, `unavailable` when the others cannot be told. */
  async open(reader: TailReader, query: string): Promise<Tail> {
    this.demandRoom(reader.orgId);
    const key = `${reader.orgId} ${query}`;
    const shared = this.shared.get(key) ?? this.share(key, reader.orgId, query);
    const tail = new Tail((end) => this.remove(key, shared, tail, end));
    shared.tails.add(tail);
    this.readers.set(tail, reader);
    this.metrics.tailsActive.inc();
    this.beat ??= setInterval(() => this.checkAccess(), ACCESS_EVERY_MS).unref();
    try {
      await shared.opening;
    } catch (error) {
      tail.end({ reason: 'gone', detail: 'It could not be opened.' });
      throw error;
    }
    return tail;
  }

  /** Called by Nest before the server waits for its connections. */
  onModuleDestroy(): void {
    this.isClosed = true;
    for (const tail of [...this.readers.keys()]) {
      tail.end({ reason: 'shutdown', detail: 'The server stops. Connect again.' });
    }
  }

  private share(key: string, orgId: OrgId, query: string): Shared {
    const seen = new SeenLines();
    const tails = new Set<Tail>();
    const onCatch = (caught: TailCatch): void => {
      const lines = seen.takeNew(caught).map((line) => ({ ...line, batchId: caught.batchId }));
      for (const tail of tails) {
        tail.add(lines, caught.dropped);
      }
    };
    const shared = { tails, opening: this.exchange.open(orgId, query, onCatch) };
    this.shared.set(key, shared);
    return shared;
  }

  private remove(key: string, { tails, opening }: Shared, tail: Tail, { reason }: TailEnd): void {
    this.readers.get(tail)?.onEnd();
    this.readers.delete(tail);
    tails.delete(tail);
    this.metrics.tailsActive.dec();
    this.metrics.tailsEnded.inc({ reason });
    if (tails.size === 0) {
      this.shared.delete(key);
      // One that could not be opened need not be closed.
      void opening.then((open) => open.close()).catch(() => undefined);
    }
    if (this.readers.size === 0) {
      clearInterval(this.beat);
      this.beat = undefined;
    }
  }

  private checkAccess(): void {
    for (const [tail, { whyEnded }] of this.readers) {
      void whyEnded().then((detail) => {
        if (detail !== undefined) {
          tail.end({ reason: 'access', detail });
        }
      });
    }
  }

  private demandRoom(orgId: OrgId): void {
    if (this.isClosed) {
      throw new AegisError('unavailable', { detail: 'The server stops.', retryAfterSeconds: 1 });
    }
    const own = [...this.readers.values()].filter((reader) => reader.orgId === orgId).length;
    const isOwn = own >= TAILS_PER_ORG_MAX;
    if (isOwn || this.readers.size >= TAILS_MAX) {
      throw new AegisError('rate-limited', {
        detail: isOwn
          ? `An organization may have ${TAILS_PER_ORG_MAX} live tails at a time. Close one first.`
          : 'The server has as many live tails as it may. Try again later.',
        members: { limit: isOwn ? TAILS_PER_ORG_MAX : TAILS_MAX },
        retryAfterSeconds: 5,
      });
    }
  }
}
