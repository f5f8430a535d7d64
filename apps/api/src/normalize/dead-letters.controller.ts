import { AegisError, type IngestEnvelope, type OrgId, SIGNALS, type Signal, streamOf } from '@aegisguard/model';
import type { DeadLetter } from '@aegisguard/queue';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';

const PAGE = 100;

const ListRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE).default(50),
  cursor: z.string().max(200).optional(),
  signal: z.enum(SIGNALS).optional(),
});
type ListRequest = z.infer<typeof ListRequest>;

/** A dead letter and the signal whose stream keeps it; the two together are its id outside. */
interface SignalLetter {
  readonly signal: Signal;
  readonly letter: DeadLetter;
}

/** Batches that were accepted and could not be processed: why, and another try. An organization sees its own only. */
@Controller('dead-letters')
export class DeadLettersController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Get()
  @RequirePermission('organization:write')
  async list(@CallerOrg() orgId: OrgId, @Query(new ZodPipe(ListRequest)) { limit, cursor, signal }: ListRequest) {
    const items = [];
    for await (const found of this.lettersOf(orgId, signal === undefined ? SIGNALS : [signal], cursor)) {
      items.push(describe(found));
      if (items.length === limit) {
        return { items, nextCursor: formatId(found) };
      }
    }
    return { items, nextCursor: null };
  }

  @Post(':id/replay')
  @HttpCode(202)
  @RequirePermission('organization:write')
  async replay(@CallerOrg() orgId: OrgId, @Param('id') id: string): Promise<{ id: string }> {
    const { signal, letter } = await this.demand(orgId, id);
    await this.engines.queue.replay(streamOf(signal), letter.id);
    return { id };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('organization:write')
  async discard(@CallerOrg() orgId: OrgId, @Param('id') id: string): Promise<void> {
    const { signal, letter } = await this.demand(orgId, id);
    await this.engines.queue.discard(streamOf(signal), letter.id);
  }

  /** Another organization's letter is not there. */
  private async demand(orgId: OrgId, text: string): Promise<SignalLetter> {
    const id = parseId(text);
    const letter = id && (await this.engines.queue.deadLetter(streamOf(id.signal), id.messageId));
    if (id === undefined || letter === undefined || envelopeOf(letter)?.orgId !== orgId) {
      throw new AegisError('not-found', { detail: 'There is no such dead letter.' });
    }
    return { signal: id.signal, letter };
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
      yield* page.filter((letter) => envelopeOf(letter)?.orgId === orgId).map((letter) => ({ signal, letter }));
      last = page.at(-1)?.id;
      if (page.length < PAGE) {
        return;
      }
    }
  }
}

function describe({ signal, letter }: SignalLetter) {
  const envelope = envelopeOf(letter);
  return {
    id: formatId({ signal, letter }),
    signal,
    ingestId: envelope?.batchId,
    records: envelope?.accepted,
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
