import { type Asked, type MetricAnswer, nanosFromMs, type OrgId, ROUTES } from '@aegisguard/model';
import { evaluateQuery } from '@aegisguard/promql';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../platform/serves.ts';
import { prometheusJson } from './metrics/prometheus-json.ts';
import { queryWindow } from './metrics/query-window.ts';
import { QueryRunner } from './query-runner.ts';

/** PromQL over metrics; the answer has Prometheus's shape. */
@Controller()
export class MetricsController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.queryMetrics)
  async query(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.queryMetrics>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<MetricAnswer>> {
    const window = queryWindow(body, nanosFromMs(Date.now()));
    const result = await this.runner.run(orgId, 'metrics', reply, (bounds) =>
      evaluateQuery(this.engines.storage.metrics, orgId, body.query, window, bounds),
    );
    return written(reply, await prometheusJson(result));
  }
}
