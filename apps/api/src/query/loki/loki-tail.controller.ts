import type { LogQuery } from '@aegisguard/logql';
import { type Asked, NANOS_PER_SECOND, nanosFromMs, type OrgId, ROUTES, unixNanos } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { CallerOrg } from '../../platform/access.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { demandWebSocket, openWebSocket } from '../../platform/web-socket.ts';
import { Feeds } from '../tail/feeds.ts';
import type { TailFeed } from '../tail/tail-feed.ts';
import { lokiFrame } from './loki-frame.ts';
import { readLineLimit, readLokiTime, refused } from './read-parameters.ts';
import { readLogQuery } from './read-query.ts';

/** Loki's default. */
const SINCE_NANOS = 3600n * NANOS_PER_SECOND;
const DELAY_SECONDS_MAX = 5;
/** https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const CLOSE_CODES = { access: 1008, shutdown: 1001, gone: 1000 } as const;

/** Loki's live tail over a websocket, for Grafana and logcli. */
@Controller()
export class LokiTailController {
  constructor(@Inject(Feeds) private readonly feeds: Feeds) {}

  @Serves(ROUTES.lokiTail)
  async tail(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiTail>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    demandWebSocket(request);
    const parsed = readLogQuery(query.query);
    const now = nanosFromMs(Date.now());
    const start = readLokiTime('start', query.start, now, unixNanos(now - SINCE_NANOS));
    const since = { start, limit: readLineLimit(query.limit) };
    const holdBackMs = readDelaySeconds(query.delay_for) * 1000;
    const wish = { text: query.query, query: parsed, access: ROUTES.lokiTail.access, since, holdBackMs };
    const feed = await this.feeds.open(orgId, wish, { request, reply, connection: request.raw.socket });
    const socket = await openWebSocket(request, reply);
    await send(feed, socket, parsed);
  }
}

function readDelaySeconds(text = '0'): number {
  const seconds = /^\d$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= DELAY_SECONDS_MAX)) {
    throw refused(`delay_for is a number of seconds, and not greater than ${DELAY_SECONDS_MAX}`);
  }
  return seconds;
}

async function send(feed: TailFeed, socket: WebSocket, query: LogQuery): Promise<void> {
  // An error is followed by a close, and that ends the tail.
  socket.on('error', () => undefined);
  for await (const news of feed.news()) {
    if (news.kind === 'end') {
      socket.close(CLOSE_CODES[news.reason], news.detail);
    } else if (news.kind === 'silence') {
      socket.ping();
    } else {
      const frame = JSON.stringify(lokiFrame(news.lines, news.dropped, query, Date.now()));
      // The next lines wait until these are taken.
      await new Promise<void>((resolve) => socket.send(frame, () => resolve()));
    }
  }
}
