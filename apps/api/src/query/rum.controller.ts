import {
  AegisError,
  type Asked,
  type OrgId,
  ROUTES,
  type RumSessionAnswer,
  type RumSessionsAnswer,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { QueryRunner } from './query-runner.ts';
import { sessionSummaryView, sessionView } from './rum/session-view.ts';

/** A session with more events is shown without its last ones. */
const EVENTS_MAX = 10_000;

/** What browsers reported: sessions, and one of them whole. */
@Controller()
export class RumController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.listRumSessions)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.listRumSessions>,
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

  @Serves(ROUTES.readRumSession)
  async read(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.readRumSession>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RumSessionAnswer> {
    const sessionId = params.id;
    const { events, isCut, stats } = await this.runner.run(orgId, 'rum/session', reply, (bounds) =>
      this.engines.storage.rum.readSession(orgId, sessionId, EVENTS_MAX, bounds),
    );
    if (events.length === 0) {
      throw new AegisError('not-found', { detail: 'There is no such session.' });
    }
    return { ...sessionView(sessionId, events, isCut), stats };
  }
}
