import { MetricQueryRequest, nanosFromMs, type OrgId } from '@aegisguard/model';
import { evaluateQuery } from '@aegisguard/promql';
import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';
import { prometheusJson } from './metrics/prometheus-json.ts';
import { queryWindow } from './metrics/query-window.ts';
import { QueryRunner } from './query-runner.ts';

/** PromQL over metrics; the answer has Prometheus's shape. */
@Controller('query/metrics')
export class MetricsController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Post()
  @HttpCode(200)
  @RequirePermission('metrics:read')
  async query(
    @CallerOrg() orgId: OrgId,
    @Body(new ZodPipe(MetricQueryRequest)) body: MetricQueryRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const window = queryWindow(body, nanosFromMs(Date.now()));
    const result = await this.runner.run(orgId, 'metrics', reply, (bounds) =>
      evaluateQuery(this.engines.storage.metrics, orgId, body.query, window, bounds),
    );
    const json = prometheusJson(result);
    // Written by us, so Fastify would take it for plain text.
    void reply.header('content-type', 'application/json; charset=utf-8');
    return json;
  }
}
