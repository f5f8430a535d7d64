// https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-at-a-single-point-in-time
import { evaluateMetricQuery, formatQuery, type Matrix, type MetricWindow, type Query } from '@aegisguard/logql';
import {
  type Asked,
  type LokiFormatAnswer,
  type LokiQueryAnswer,
  type LokiQueryRequest,
  type LokiRangeRequest,
  nanosFromMs,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Headers, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { type AnswerCost, CATEGORIZE, matrixJson, streamsJson, vectorJson } from './query-json.ts';
import {
  readDirection,
  readForwardRange,
  readLineLimit,
  readLokiInterval,
  readLokiStep,
  readLokiTime,
  refused,
} from './read-parameters.ts';
import { readQuery } from './read-query.ts';
import { thinnedLogs } from './thinned-logs.ts';

const ENCODING_FLAGS = 'x-loki-response-encoding-flags';

type Answer = Promise<Written<z.infer<typeof LokiQueryAnswer>>>;
type Formatted = z.infer<typeof LokiFormatAnswer>;

/** LogQL as Loki's API asks for it. */
@Controller()
export class LokiQueryController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.lokiQuery)
  async query(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.instant(orgId, query, reply);
  }

  @Serves(ROUTES.lokiQueryForm)
  async queryForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiQueryForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.instant(orgId, query, reply);
  }

  @Serves(ROUTES.lokiRange)
  async queryRange(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiRange>,
    @Headers(ENCODING_FLAGS) flags: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.range(orgId, query, flags, reply);
  }

  @Serves(ROUTES.lokiRangeForm)
  async queryRangeForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiRangeForm>,
    @Headers(ENCODING_FLAGS) flags: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.range(orgId, query, flags, reply);
  }

  @Serves(ROUTES.lokiFormat)
  async format(@TheRequest() { query }: Asked<typeof ROUTES.lokiFormat>): Promise<Formatted> {
    return { status: 'success', data: formatQuery(readQuery(query.query)) };
  }

  @Serves(ROUTES.lokiFormatForm)
  async formatForm(@TheRequest() { query }: Asked<typeof ROUTES.lokiFormatForm>): Promise<Formatted> {
    return { status: 'success', data: formatQuery(readQuery(query.query)) };
  }

  private async instant(orgId: OrgId, request: LokiQueryRequest, reply: FastifyReply): Answer {
    const query = readQuery(request.query);
    const now = nanosFromMs(Date.now());
    const time = readLokiTime('time', request.time, now, now);
    readLineLimit(request.limit);
    readDirection(request.direction);
    const { matrix, cost } = await this.numbers(orgId, query, { start: time, end: time }, reply);
    return written(reply, await vectorJson(matrix, cost));
  }

  private async range(orgId: OrgId, request: LokiRangeRequest, flags: string | undefined, reply: FastifyReply): Answer {
    const range = readForwardRange(request);
    const limit = readLineLimit(request.limit);
    const direction = readDirection(request.direction);
    const step = readLokiStep(request.step, range);
    const interval = readLokiInterval(request.interval);
    const query = readQuery(request.query);
    if (query.kind !== 'log-query') {
      const { matrix, cost } = await this.numbers(orgId, query, { ...range, step }, reply);
      return written(reply, await matrixJson(matrix, cost));
    }
    const beganMs = performance.now();
    const wish = { ...range, limit, direction, interval };
    const { found, stats } = await this.runner.run(orgId, 'loki-query', reply, (bounds) =>
      thinnedLogs(this.engines.storage.logs, orgId, query, wish, bounds),
    );
    const isCategorized = flags?.split(',').some((flag) => flag.trim() === CATEGORIZE) ?? false;
    return written(reply, await streamsJson(found, { stats, elapsedMs: performance.now() - beganMs }, isCategorized));
  }

  private async numbers(
    orgId: OrgId,
    query: Query,
    window: MetricWindow,
    reply: FastifyReply,
  ): Promise<{ readonly matrix: Matrix; readonly cost: AnswerCost }> {
    if (query.kind === 'log-query') {
      throw refused(
        'log queries are not supported as an instant query type, please change your query to a range query type',
      );
    }
    const beganMs = performance.now();
    const matrix = await this.runner.run(orgId, 'loki-query', reply, (bounds) =>
      evaluateMetricQuery(this.engines.storage.logs, orgId, query, window, bounds),
    );
    return { matrix, cost: { stats: matrix.stats, elapsedMs: performance.now() - beganMs } };
  }
}
