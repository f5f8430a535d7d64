import { setTimeout as delay } from 'node:timers/promises';
import type { LogQuery } from '@aegisguard/logql';
import { AegisError, type Asked, type OrgId, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { CallerOrg } from '../../platform/access.ts';
import { AccessGuard } from '../../platform/access-guard.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { openWebSocket } from '../../platform/web-socket.ts';
import { checkTailQuery } from './check-tail-query.ts';
import { lokiFrame } from './loki-frame.ts';
import type { Tail } from './tail.ts';
import { TailHub } from './tail-hub.ts';

const HEARTBEAT_MS = 15_000;
/** A client that does not close its half is cut off. */
const END_GRACE_MS = 2000;
/** https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const CLOSE_CODES = { access: 1008, shutdown: 1001, gone: 1000 } as const;

/** Loki's live tail over a websocket, for Grafana and logcli. */
@Controller()
export class LokiTailController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(TailHub) private readonly hub: TailHub,
    @Inject(AccessGuard) private readonly guard: AccessGuard,
  ) {}

  @Serves(ROUTES.lokiTail)
  async tail(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiTail>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const parsed = checkTailQuery(query.query, false);
    const whyEnded = () => this.guard.whyEnded(request, ROUTES.lokiTail.access);
    const tail = await this.hub.open({ orgId, whyEnded }, query.query);
    const gone = () => tail.end({ reason: 'gone', detail: 'The reader went.' });
    request.raw.socket.once('close', gone);
    try {
      const socket = await openWebSocket(request, reply);
      await this.send(tail, socket, parsed, query.delay_for * 1000);
    } catch (error) {
      gone();
      // What is a websocket already has no other answer.
      if (error instanceof AegisError && error.code === 'invalid-request') {
        throw error;
      }
    }
  }

  private async send(tail: Tail, socket: WebSocket, query: LogQuery, delayMs: number): Promise<void> {
    // An error is followed by a close.
    socket.on('error', () => undefined);
    for (;;) {
      const news = await tail.next(HEARTBEAT_MS);
      if (news.kind === 'end') {
        socket.close(CLOSE_CODES[news.reason], news.detail);
        setTimeout(() => socket.terminate(), END_GRACE_MS).unref();
        return;
      }
      if (news.kind === 'silence') {
        socket.ping();
        continue;
      }
      await delay(delayMs);
      const frame = JSON.stringify(lokiFrame(news.lines, news.dropped, query, Date.now()));
      // The next lines wait until these are taken.
      await new Promise<void>((resolve, reject) => {
        socket.send(frame, (error) => (error === undefined || error === null ? resolve() : reject(error)));
      });
      this.engines.metrics.tailLinesSent.inc(news.lines.length);
      this.engines.metrics.tailLinesDropped.inc(news.dropped);
    }
  }
}
