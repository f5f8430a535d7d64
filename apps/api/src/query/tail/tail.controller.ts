import { Readable } from 'node:stream';
import { parseLogQuery } from '@aegisguard/logql';
import { type Asked, nanosFromMs, type OrgId, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { readTime } from '../../platform/time-range.ts';
import { isAfter, readEventId } from './event-id.ts';
import { Feeds, type FeedWish } from './feeds.ts';
import { commentText, newsText } from './server-sent-events.ts';
import type { TailFeed } from './tail-feed.ts';

/** Stored lines that a client which connects again gets at most. */
const RESUMED_LINES_MAX = 1000;

/** The live tail of logs as server-sent events. */
@Controller()
export class TailController {
  constructor(@Inject(Feeds) private readonly feeds: Feeds) {}

  @Serves(ROUTES.tailLogs)
  async tail(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.tailLogs>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wish = {
      text: query.query,
      query: parseLogQuery(query.query),
      access: ROUTES.tailLogs.access,
      ...sinceOf(query, request),
    };
    const feed = await this.feeds.open(orgId, wish, { request, reply, connection: reply.raw });
    void reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // For nginx: every event at once.
      .header('x-accel-buffering', 'no')
      .send(Readable.from(texts(feed), { objectMode: false }));
  }
}

/** Where the stored lines begin: behind the last event that the client had, or where it says. */
function sinceOf(
  { start, limit }: Asked<typeof ROUTES.tailLogs>['query'],
  { headers }: FastifyRequest,
): Pick<FeedWish, 'since'> {
  const last = readEventId(headers['last-event-id']);
  if (last !== undefined) {
    const isWanted: NonNullable<FeedWish['since']>['isWanted'] = (line) => isAfter(line, last);
    return { since: { start: last.timestamp, limit: RESUMED_LINES_MAX, isWanted } };
  }
  const time = readTime('start', start, nanosFromMs(Date.now()));
  return time === undefined ? {} : { since: { start: time, limit } };
}

async function* texts(feed: TailFeed): AsyncGenerator<string, void> {
  yield commentText('ready');
  for await (const news of feed.news()) {
    yield newsText(news);
  }
}
