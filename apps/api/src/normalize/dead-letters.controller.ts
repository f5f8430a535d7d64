import type { Actor } from '@aegisguard/accounts';
import {
  AegisError,
  type Asked,
  type AuditAction,
  type DeadLetterPage,
  type DeadLetterReplayAnswer,
  type DeadLetterView,
  type IngestEnvelope,
  type OrgId,
  ROUTES,
  SIGNALS,
  type Signal,
  streamOf,
} from '@aegisguard/model';
import type { DeadLetter } from '@aegisguard/queue';
import { Controller, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';

/** Letters that are read from the queue at a time. */
const PAGE = 100;

/** A dead letter and the signal whose stream keeps it; the two together are its id outside. */
interface SignalLetter {
  readonly signal: Signal;
  readonly letter: DeadLetter;
  readonly envelope: IngestEnvelope;
}

/** Batches that were accepted and could not be processed: why, and another try. An organization sees its own only. */
@Controller()
export class DeadLettersController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.listDeadLetters)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: { limit, cursor, signal } }: Asked<typeof ROUTES.listDeadLetters>,
  ): Promise<DeadLetterPage> {
    const items: DeadLetterView[] = [];
    for await (const found of this.lettersOf(orgId, signal === undefined ? SIGNALS : [signal], cursor)) {
      items.push(describe(found));
      if (items.length === limit) {
        return { items, nextCursor: formatId(found) };
      }
    }
    return { items, nextCursor: null };
  }

  @Serves(ROUTES.replayDeadLetter)
  async replay(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params: { id } }: Asked<typeof ROUTES.replayDeadLetter>,
  ): Promise<DeadLetterReplayAnswer> {
    const found = await this.demand(orgId, id);
    await this.record(orgId, by, 'dead-letter.replay', found);
    await this.engines.queue.replay(streamOf(found.signal), found.letter.id);
    return { id };
  }

  @Serves(ROUTES.discardDeadLetter)
  async discard(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params: { id } }: Asked<typeof ROUTES.discardDeadLetter>,
  ): Promise<void> {
    const found = await this.demand(orgId, id);
    await this.record(orgId, by, 'dead-letter.discard', found);
    await this.engines.queue.discard(streamOf(found.signal), found.letter.id);
  }

  /** The queue is no part of the accounts' database, so the entry comes first: an act without its entry there must not be. */
  private record(orgId: OrgId, by: Actor, action: AuditAction, found: SignalLetter): Promise<void> {
    const { id, signal, ingestId, records, reason } = describe(found);
    const target = { kind: 'dead-letter', id, name: null };
    return this.engines.accounts.audit.record(orgId, by, {
      action,
      target,
      before: { signal, ingestId, records, reason },
    });
  }

  /** Another organization's letter is not there. */
  private async demand(orgId: OrgId, text: string): Promise<SignalLetter> {
    const id = parseId(text);
    const letter = id && (await this.engines.queue.deadLetter(streamOf(id.signal), id.messageId));
    const [found] = id === undefined || letter === undefined ? [] : ownLetters(orgId, id.signal, [letter]);
    if (found === undefined) {
      throw new AegisError('not-found', { detail: 'There is no such dead letter.' });
    }
    return found;
  }

  /** Signal by signal, each one's oldest first. */
  private async *lettersOf(
    orgId: OrgId,
    signals: readonly Signal[],
    cursor: string | undefined,
  ): AsyncGenerator<SignalLetter> {
    const after = cursor === undefined ? undefined : parseId(cursor);
    const first = after === undefined ? 0 : signals.indexOf(after.signal);
    if (first < 0 || (cursor !== undefined && after === undefined)) {
      throw new AegisError('invalid-cursor');
    }
    for (const [place, signal] of signals.slice(first).entries()) {
      yield* this.lettersOfSignal(orgId, signal, place === 0 ? after?.messageId : undefined);
    }
  }

  private async *lettersOfSignal(orgId: OrgId, signal: Signal, after: string | undefined) {
    let last = after;
    for (;;) {
      const page = await this.engines.queue.deadLetters(streamOf(signal), PAGE, last);
      yield* ownLetters(orgId, signal, page);
      last = page.at(-1)?.id;
      if (page.length < PAGE) {
        return;
      }
    }
  }
}

/** Those that are the organization's. */
function ownLetters(orgId: OrgId, signal: Signal, letters: readonly DeadLetter[]): SignalLetter[] {
  return letters.flatMap((letter) => {
    const envelope = envelopeOf(letter);
    return envelope?.orgId === orgId ? [{ signal, letter, envelope }] : [];
  });
}

function describe(found: SignalLetter): DeadLetterView {
  const { signal, letter, envelope } = found;
  return {
    id: formatId(found),
    signal,
    ingestId: envelope.batchId,
    records: envelope.accepted,
    bytes: letter.bodyBytes,
    reason: letter.reason,
    deadAt: new Date(letter.deadAtMs).toISOString(),
  };
}

/** Undefined when the envelope itself is what could not be read; such a letter is nobody's, and only the operator's metrics show it. */
function envelopeOf(letter: DeadLetter): IngestEnvelope | undefined {
  try {
    return JSON.parse(letter.headers) as IngestEnvelope;
  } catch {
    return undefined;
  }
}

function formatId({ signal, letter }: SignalLetter): string {
  return `${signal}.${letter.id}`;
}

/** Undefined for what `formatId` did not make. */
function parseId(id: string): { readonly signal: Signal; readonly messageId: string } | undefined {
  const signal = SIGNALS.find((name) => id.startsWith(`${name}.`));
  return signal && { signal, messageId: id.slice(signal.length + 1) };
}
