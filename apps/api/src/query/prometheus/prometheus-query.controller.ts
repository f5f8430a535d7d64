// https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries
import {
  type Asked,
  type OrgId,
  type PrometheusQueryAnswer,
  type PrometheusQueryRequest,
  type PrometheusRangeRequest,
  ROUTES,
} from '@aegisguard/model';
import { type Expression, evaluateQuery, type QueryResult, type QueryWindow } from '@aegisguard/promql';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { asRange, queryJson } from './query-json.ts';
import { readRangeWindow } from './range-window.ts';
import { readDurationMs, readTimeMs } from './read-parameters.ts';
import { readQuery, readRangeQuery } from './read-selectors.ts';

type Answer = Promise<Written<z.infer<typeof PrometheusQueryAnswer>>>;
/** What both kinds of queries may ask for. */
type Wishes = Pick<PrometheusQueryRequest, 'query' | 'timeout' | 'limit' | 'lookback_delta' | 'stats'>;

/** PromQL as Prometheus's API asks for it. */
@Controller()
export class PrometheusQueryController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.prometheusQuery)
  async query(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.instant(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusQueryForm)
  async queryForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusQueryForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.instant(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusRange)
  async queryRange(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusRange>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.range(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusRangeForm)
  async queryRangeForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusRangeForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.range(orgId, query, reply);
  }

  private async instant(orgId: OrgId, request: PrometheusQueryRequest, reply: FastifyReply): Answer {
    const query = readQuery('query', request.query);
    const nowMs = Date.now();
    const timeMs = request.time ? readTimeMs('time', request.time, nowMs) : nowMs;
    return this.answer(orgId, query, request, { startMs: timeMs, endMs: timeMs, stepMs: 1 }, reply, (result) => result);
  }

  private async range(orgId: OrgId, request: PrometheusRangeRequest, reply: FastifyReply): Answer {
    const query = readRangeQuery('query', request.query);
    const window = readRangeWindow(request, Date.now());
    return this.answer(orgId, query, request, window, reply, (result) =>
      window.startMs === window.endMs ? { ...result, data: asRange(result.data) } : result,
    );
  }

  private async answer(
    orgId: OrgId,
    query: Expression,
    { query: text, timeout, limit, lookback_delta: lookback, stats }: Wishes,
    window: QueryWindow,
    reply: FastifyReply,
    shape: (result: QueryResult) => QueryResult,
  ): Answer {
    // What is not more than 0 is as if it were not said, as in Prometheus.
    const lookbackMs = lookback ? readDurationMs('lookback_delta', lookback) : 0;
    const options = { text, lookbackMs: lookbackMs > 0 ? lookbackMs : undefined };
    const timeoutMs = timeout ? readDurationMs('timeout', timeout) : undefined;
    const beginMs = performance.now();
    const result = await this.runner.run(
      orgId,
      'prometheus-query',
      reply,
      (bounds) => evaluateQuery(this.engines.storage.metrics, orgId, query, window, bounds, options),
      timeoutMs,
    );
    const evaluationMs = stats ? performance.now() - beginMs : undefined;
    return written(reply, await queryJson(shape(result), { limit, evaluationMs }));
  }
}
