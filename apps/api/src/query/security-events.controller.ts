import {
  type Asked,
  EVENTS_RETENTION_DAYS,
  type OrgId,
  ROUTES,
  type SecurityEventsAnswer,
  type SecurityEventTrendAnswer,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { PageCursors } from '../platform/page-cursors.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { SECURITY_EVENT_CURSOR } from './events/security-event-cursor.ts';
import { filterOf, securityEventView, severityCounts } from './events/security-event-view.ts';
import { histogramGrid } from './histogram-step.ts';
import type { LogCursor } from './log-cursor.ts';
import { QueryRunner } from './query-runner.ts';

/** All that is kept, and what its senders' clocks put into the next day (contract §6, "Records"). */
const EVERYTHING = { start: `now-${EVENTS_RETENTION_DAYS + 1}d`, end: 'now+25h' };
/** Types and actors that a trend tells. */
const TOP_MAX = 10;

/** Security events: of the organization's own systems and of this platform. */
@Controller()
export class SecurityEventsController {
  private readonly cursors: PageCursors<LogCursor>;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {
    this.cursors = new PageCursors(engines.cursorKey, SECURITY_EVENT_CURSOR);
  }

  @Serves(ROUTES.listEvents)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: request }: Asked<typeof ROUTES.listEvents>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecurityEventsAnswer> {
    const { cursor, end, limit, start } = request;
    const filter = filterOf(request);
    const question = JSON.stringify([filter, start, end]);
    const place = cursor === undefined ? undefined : this.cursors.read(orgId, question, cursor);
    const range =
      place ?? resolveTimeRange({ start: start ?? EVERYTHING.start, end: end ?? EVERYTHING.end }, Date.now());
    const search = {
      ...filter,
      start: range.start,
      end: range.end,
      limit,
      ...(place === undefined ? {} : { before: place.after }),
    };
    const { events, next, stats } = await this.runner.run(orgId, 'events', reply, (bounds) =>
      this.engines.storage.securityEvents.search(orgId, search, bounds),
    );
    const { start: from, end: to } = range;
    const nextCursor =
      next === undefined ? null : this.cursors.write(orgId, question, { start: from, end: to, after: next });
    return { items: events.map(securityEventView), nextCursor, stats };
  }

  @Serves(ROUTES.eventTrend)
  async trend(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: request }: Asked<typeof ROUTES.eventTrend>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecurityEventTrendAnswer> {
    const { start, end } = resolveTimeRange({ start: request.start ?? 'now-24h', end: request.end }, Date.now());
    const { startMs, stepMs, bars } = histogramGrid(start, end, request.steps, 1000);
    const selection = { ...filterOf(request), fromMs: startMs, toMs: startMs + bars * stepMs, stepMs, topMax: TOP_MAX };
    const { steps, topActors, topTypes, stats } = await this.runner.run(orgId, 'events/trend', reply, (bounds) =>
      this.engines.storage.securityEvents.trend(orgId, selection, bounds),
    );
    return {
      start: startMs,
      stepMs,
      steps: bars,
      ...severityCounts(steps, bars),
      topTypes: [...topTypes],
      topActors: [...topActors],
      stats,
    };
  }
}
