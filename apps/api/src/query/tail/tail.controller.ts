import { Readable } from 'node:stream';
import { type Asked, type OrgId, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { AccessGuard } from '../../platform/access-guard.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { checkTailQuery } from './check-tail-query.ts';
import { commentText, newsText } from './server-sent-events.ts';
import type { Tail } from './tail.ts';
import { TailHub } from './tail-hub.ts';

/** A comment is sent this often at least, since proxies cut connections that say nothing. */
const HEARTBEAT_MS = 15_000;
/** A reader that does not take the end is cut off. */
const END_GRACE_MS = 2000;

/** The live tail of logs as server-sent events. */
@Controller()
export class TailController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(TailHub) private readonly hub: TailHub,
    @Inject(AccessGuard) private readonly guard: AccessGuard,
  ) {}

  @Serves(ROUTES.tailLogs)
  async tail(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.tailLogs>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    checkTailQuery(query.query, true);
    const whyEnded = () => this.guard.whyEnded(request, ROUTES.tailLogs.access);
    const tail = await this.hub.open({ orgId, whyEnded }, query.query);
    reply.raw.once('close', () => tail.end({ reason: 'gone', detail: 'The reader went.' }));
    if (reply.raw.destroyed) {
      tail.end({ reason: 'gone', detail: 'The reader went.' });
    }
    void reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // For nginx: every event at once.
      .header('x-accel-buffering', 'no')
      .send(Readable.from(this.texts(tail, reply), { objectMode: false }));
  }

  private async *texts(tail: Tail, reply: FastifyReply): AsyncGenerator<string, void> {
    yield commentText('ready');
    for (;;) {
      const news = await tail.next(HEARTBEAT_MS);
      if (news.kind === 'lines') {
        this.engines.metrics.tailLinesSent.inc(news.lines.length);
        this.engines.metrics.tailLinesDropped.inc(news.dropped);
      }
      yield newsText(news);
      if (news.kind === 'end') {
        setTimeout(() => reply.raw.destroy(), END_GRACE_MS).unref();
        return;
      }
    }
  }
}
