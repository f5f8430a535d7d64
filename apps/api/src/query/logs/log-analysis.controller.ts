import { parseLogQuery } from '@aegisguard/logql';
import {
  AegisError,
  type Asked,
  type LogCompareAnswer,
  type LogContextAnswer,
  type LogFacetsAnswer,
  type LogPatternsAnswer,
  NANOS_PER_SECOND,
  nanosFromMs,
  type OrgId,
  ROUTES,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { readLogPosition } from '../../platform/log-id.ts';
import { logView } from '../../platform/log-view.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { readTime, resolveTimeRange } from '../../platform/time-range.ts';
import { QueryRunner } from '../query-runner.ts';
import { compareLogs } from './compare-logs.ts';
import { minePatterns } from './mine-patterns.ts';
import { readFacets } from './read-facets.ts';

/** How far neighbours of a log are looked for, on either side. */
const CONTEXT_NANOS = 24n * 3600n * NANOS_PER_SECOND;

/** What the explorer asks of logs besides the logs themselves. */
@Controller()
export class LogAnalysisController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.logFacets)
  async facets(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.logFacets>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogFacetsAnswer> {
    const query = parseLogQuery(body.query);
    const wish = { ...resolveTimeRange(body, Date.now()), labels: body.labels, limit: body.limit };
    return this.runner.run(orgId, 'logs/facets', reply, (bounds) =>
      readFacets(this.engines.storage.logs, orgId, query, wish, bounds),
    );
  }

  @Serves(ROUTES.logPatterns)
  async patterns(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.logPatterns>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogPatternsAnswer> {
    const query = parseLogQuery(body.query);
    const wish = { ...resolveTimeRange(body, Date.now()), limit: body.limit, buckets: body.buckets };
    return this.runner.run(orgId, 'logs/patterns', reply, (bounds) =>
      minePatterns(this.engines.storage.logs, orgId, query, wish, bounds),
    );
  }

  @Serves(ROUTES.logContext)
  async context(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.logContext>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogContextAnswer> {
    const timestamp = timeIn('timestamp', body.timestamp);
    const position = readLogPosition(body.id, timestamp);
    const around = { start: unixNanos(timestamp - CONTEXT_NANOS), end: unixNanos(timestamp + CONTEXT_NANOS) };
    const by = body.labels === undefined ? {} : { by: body.labels };
    const { log, shared, before, after, stats } = await this.runner.run(orgId, 'logs/context', reply, (bounds) =>
      this.engines.storage.logs.logContext(
        orgId,
        { position, before: body.before, after: body.after, ...by, ...around },
        bounds,
      ),
    );
    if (log === undefined) {
      throw new AegisError('not-found', { detail: 'There is no such log, or not any more.' });
    }
    return { before: before.map(logView), log: logView(log), after: after.map(logView), labels: { ...shared }, stats };
  }

  @Serves(ROUTES.compareLogs)
  async compare(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.compareLogs>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogCompareAnswer> {
    const query = parseLogQuery(body.query);
    const { start, end } = resolveTimeRange(body, Date.now());
    const from = timeIn('from', body.from);
    const to = timeIn('to', body.to);
    if (from < start || to > end || from >= to) {
      throw new AegisError('invalid-request', { detail: 'The part from `from` to `to` lies inside of start and end.' });
    }
    return this.runner.run(orgId, 'logs/compare', reply, (bounds) =>
      compareLogs(this.engines.storage.logs, orgId, query, { start, end, from, to }, body.limit, bounds),
    );
  }
}

function timeIn(name: string, input: string | number): UnixNanos {
  return readTime(name, input, nanosFromMs(Date.now())) as UnixNanos;
}
