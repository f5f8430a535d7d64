import { AegisError, type IngestEnvelope, type OrgId, streamOf } from '@aegisguard/model';
import type { DeadLetter } from '@aegisguard/queue';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';

const STREAM = streamOf('logs');
const PAGE = 100;

const ListRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE).default(50),
  cursor: z.string().max(200).optional(),
});

/** Batches that were accepted and could not be processed: why, and another try. An organization sees its own only. */
@Controller('dead-letters')
export class DeadLettersController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Get()
  @RequirePermission('organization:write')
  async list(
    @CallerOrg() orgId: OrgId,
    @Query(new ZodPipe(ListRequest)) { limit, cursor }: z.infer<typeof ListRequest>,
  ) {
    const items = [];
    for await (const letter of this.lettersOf(orgId, cursor)) {
      items.push(describe(letter));
      if (items.length === limit) {
        return { items, nextCursor: letter.id };
      }
    }
    return { items, nextCursor: null };
  }

  @Post(':id/replay')
  @HttpCode(202)
  @RequirePermission('organization:write')
  async replay(@CallerOrg() orgId: OrgId, @Param('id') id: string): Promise<{ id: string }> {
    await this.demand(orgId, id);
    await this.engines.queue.replay(STREAM, id);
    return { id };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('organization:write')
  async discard(@CallerOrg() orgId: OrgId, @Param('id') id: string): Promise<void> {
    await this.demand(orgId, id);
    await this.engines.queue.discard(STREAM, id);
  }

  /** Another organization's letter is not there. */
  private async demand(orgId: OrgId, id: string): Promise<void> {
    const letter = await this.engines.queue.deadLetter(STREAM, id);
    if (letter === undefined || envelopeOf(letter)?.orgId !== orgId) {
      throw new AegisError('not-found', { detail: 'There is no such dead letter.' });
    }
  }

  private async *lettersOf(orgId: OrgId, after: string | undefined): AsyncGenerator<DeadLetter> {
    let last = after;
    for (;;) {
      const page = await this.engines.queue.deadLetters(STREAM, PAGE, last);
      yield* page.filter((letter) => envelopeOf(letter)?.orgId === orgId);
      last = page.at(-1)?.id;
      if (page.length < PAGE) {
        return;
      }
    }
  }
}

function describe(letter: DeadLetter) {
  const envelope = envelopeOf(letter);
  return {
    id: letter.id,
    signal: envelope?.signal,
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
