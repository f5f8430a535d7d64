import {
  AegisError,
  type OrgId,
  type RumSessionAnswer,
  type RumSessionsAnswer,
  RumSessionsRequest,
} from '@aegisguard/model';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';
import { QueryRunner } from './query-runner.ts';
import { sessionSummaryView, sessionView } from './rum/session-view.ts';

/** A session with more events is shown without its last ones. */
const EVENTS_MAX = 10_000;

/** What browsers reported: sessions, and one of them whole. */
@Controller('query/rum/sessions')
export class RumController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Post()
  @HttpCode(200)
  @RequirePermission('rum:read')
  async list(
    @CallerOrg() orgId: OrgId,
    @Body(new ZodPipe(RumSessionsRequest)) body: RumSessionsRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RumSessionsAnswer> {
    const { application, limit } = body;
    const selection = {
      ...(application === undefined ? {} : { application }),
      ...resolveTimeRange(body, Date.now()),
      limit,
    };
    const { sessions, stats } = await this.runner.run(orgId, 'rum/sessions', reply, (bounds) =>
      this.engines.storage.rum.listSessions(orgId, selection, bounds),
    );
    return { sessions: sessions.map(sessionSummaryView), stats };
  }

  @Get(':id')
  @RequirePermission('rum:read')
  async read(
    @CallerOrg() orgId: OrgId,
    @Param('id') sessionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RumSessionAnswer> {
    const { events, isCut, stats } = await this.runner.run(orgId, 'rum/session', reply, (bounds) =>
      this.engines.storage.rum.readSession(orgId, sessionId, EVENTS_MAX, bounds),
    );
    if (events.length === 0) {
      throw new AegisError('not-found', { detail: 'There is no such session.' });
    }
    return { ...sessionView(sessionId, events, isCut), stats };
  }
}
