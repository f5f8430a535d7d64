import { compilePipeline, type LogQuery } from '@aegisguard/logql';
import type { Access, OrgId, UnixNanos } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from '../../platform/access-guard.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { QueryRunner } from '../query-runner.ts';
import { storedLines, storedWindow } from './stored-lines.ts';
import type { Tail } from './tail.ts';
import { TailFeed } from './tail-feed.ts';
import { TailHub } from './tail-hub.ts';
import type { TailLine } from './tail-lines.ts';

/** Nobody waits longer for what is stored when the question is what comes. */
const STORED_TIMEOUT_MS = 10_000;
/** More stored lines than this are not read at a time, however many came meanwhile. */
const STORED_LINES_MAX = 10_000;
/** A connection whose tail has ended is cut off. */
const END_GRACE_MS = 2000;

/** Who asks, and what ends when they go. */
export interface FeedRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly connection: {
    once(event: 'close', listener: () => void): unknown;
    destroy(): unknown;
    readonly destroyed: boolean;
  };
}

/** What is asked for. */
export interface FeedWish {
  readonly text: string;
  readonly query: LogQuery;
  readonly access: Extract<Access, { kind: 'permission' }>;
  /** Ms by which lines are held back. */
  readonly holdBackMs?: number;
  /** Begins with the newest stored lines since a time. */
  readonly since?: {
    readonly start: UnixNanos;
    readonly limit: number;
    readonly isWanted?: (line: TailLine) => boolean;
  };
}

/** What both kinds of live tails begin with. */
@Injectable()
export class Feeds {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(TailHub) private readonly hub: TailHub,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
    @Inject(AccessGuard) private readonly guard: AccessGuard,
  ) {}

  /** A tail that has begun, and what its reader is told. It ends with the connection, and with the access of who asked. Throws `invalid-query`, what the hub throws, and what a search of what is stored throws. */
  async open(orgId: OrgId, wish: FeedWish, { request, reply, connection }: FeedRequest): Promise<TailFeed> {
    // What cannot be made ready here cannot be in the threads either, and there is nobody whom to tell.
    compilePipeline(wish.query.stages);
    const whyEnded = () => this.guard.whyEnded(request, wish.access);
    // It could be held by a reader that takes nothing, also its end.
    const onEnd = () => void setTimeout(() => connection.destroy(), END_GRACE_MS).unref();
    const tail = await this.hub.open({ orgId, whyEnded, onEnd }, wish.text);
    const gone = () => tail.end({ reason: 'gone', detail: 'The reader went.' });
    connection.once('close', gone);
    if (connection.destroyed) {
      gone();
    }
    try {
      return await this.feed(orgId, wish, tail, reply);
    } catch (error) {
      gone();
      throw error;
    }
  }

  private async feed(orgId: OrgId, wish: FeedWish, tail: Tail, reply: FastifyReply): Promise<TailFeed> {
    const { metrics, storage } = this.engines;
    const { holdBackMs = 0 } = wish;
    const feed = new TailFeed(tail, metrics, { holdBackMs });
    const window = wish.since && storedWindow(wish.since.start, Date.now());
    if (wish.since !== undefined && window !== undefined) {
      const { limit: first, isWanted = () => true } = wish.since;
      const read = (limit: number): Promise<readonly TailLine[]> =>
        this.runner.run(
          orgId,
          'logs/tail',
          reply,
          (bounds) => storedLines(storage.logs, orgId, wish.query, { ...window, limit }, bounds),
          STORED_TIMEOUT_MS,
        );
      await feed.beginWith(async (more) => (await read(Math.min(first + more, STORED_LINES_MAX))).filter(isWanted));
    }
    return feed;
  }
}
