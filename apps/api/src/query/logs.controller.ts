import { countByLevel, evaluateLogQuery, type MatrixSeries, parseQuery } from '@aegisguard/logql';
import {
  type Asked,
  LOG_LEVELS,
  type LogHistogramAnswer,
  type LogMatrixAnswer,
  type LogSearchAnswer,
  NANOS_PER_MS,
  nanosFromMs,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { foundLogView } from '../platform/found-log-view.ts';
import { PageCursors } from '../platform/page-cursors.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { histogramGrid } from './histogram-step.ts';
import { LOG_CURSOR, type LogCursor } from './log-cursor.ts';
import { QueryRunner } from './query-runner.ts';
import { readStep } from './read-step.ts';

/** Log queries: the explorer's page of logs, metric queries over logs, and the volume histogram. */
@Controller()
export class LogsController {
  private readonly cursors: PageCursors<LogCursor>;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {
    this.cursors = new PageCursors(engines.cursorKey, LOG_CURSOR);
  }

  @Serves(ROUTES.searchLogs)
  async search(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.searchLogs>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogSearchAnswer | LogMatrixAnswer> {
    const query = parseQuery(body.query);
    const question = JSON.stringify([body.query, body.direction, body.start, body.end]);
    const cursor = body.cursor === undefined ? undefined : this.cursors.read(orgId, question, body.cursor);
    const range = cursor ?? resolveTimeRange(body, Date.now());
    const result = await this.runner.run(orgId, 'logs/search', reply, (bounds) =>
      evaluateLogQuery(
        this.engines.storage.logs,
        orgId,
        query,
        {
          start: range.start,
          end: range.end,
          limit: body.limit,
          direction: body.direction,
          ...(body.step === undefined ? {} : { step: readStep(body.step) }),
          ...(cursor === undefined ? {} : { after: cursor.after }),
        },
        bounds,
      ),
    );
    if (result.kind === 'matrix') {
      return { resultType: 'matrix', series: result.series.map(jsonSeries), stats: result.stats };
    }
    const { found, next, stats } = result;
    const place = { start: range.start, end: range.end };
    const nextCursor = next === undefined ? null : this.cursors.write(orgId, question, { ...place, after: next });
    return { resultType: 'logs', logs: found.map(foundLogView), nextCursor, stats };
  }

  @Serves(ROUTES.logHistogram)
  async histogram(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.logHistogram>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogHistogramAnswer> {
    const query = parseQuery(body.query);
    const { start, end } = resolveTimeRange(body, Date.now());
    const { startMs, stepMs, bars } = histogramGrid(start, end, body.buckets);
    const { series, stats } = await this.runner.run(orgId, 'logs/histogram', reply, (bounds) =>
      countByLevel(
        this.engines.storage.logs,
        orgId,
        query,
        { start, end, origin: nanosFromMs(startMs), bucket: BigInt(stepMs) * NANOS_PER_MS },
        bounds,
      ),
    );
    const levels = LOG_LEVELS.flatMap((level) => {
      const found = series.find(({ labels }) => labels.detected_level === level);
      if (found === undefined) {
        return [];
      }
      const counts = new Array<number>(bars).fill(0);
      for (const [position, bucket] of found.buckets.entries()) {
        counts[bucket] = found.counts[position] ?? 0;
      }
      return [{ level, counts }];
    });
    const total = levels.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
    return { start: startMs, stepMs, bars, levels, total, stats };
  }
}

/** A series without the values that JSON has no numbers for. */
function jsonSeries({ labels, points }: MatrixSeries): LogMatrixAnswer['series'][number] {
  return {
    labels,
    points: points.filter(([, value]) => Number.isFinite(value)).map(([time, value]) => [time, value]),
  };
}
