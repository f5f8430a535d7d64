// https://grafana.com/docs/tempo/latest/api_docs/#traceql-metrics
import { defaultStep } from '@aegisguard/logql';
import { type Asked, type OrgId, ROUTES, type TempoInstantAnswer, type TempoRangeAnswer } from '@aegisguard/model';
import { evaluateMetrics, type MetricsAnswer, type MetricsQuest } from '@aegisguard/traceql';
import type { QueryHint } from '@aegisguard/traceql/syntax';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { instantAnswer, rangeAnswer } from './metrics-answer.ts';
import { readSeriesQuery } from './read-filter.ts';
import { readCount, readMetricsRange, readTempoStep } from './read-parameters.ts';

const EXEMPLARS_DEFAULT = 10;
const EXEMPLARS_MAX = 100;

/** TraceQL metrics as Tempo's API asks for them. */
@Controller()
export class TempoMetricsController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.tempoMetricsRange)
  async range(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: request }: Asked<typeof ROUTES.tempoMetricsRange>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof TempoRangeAnswer>> {
    const { start, end } = readMetricsRange(request, Date.now());
    const { body, hints } = readSeriesQuery(request.q ?? request.query);
    const asked = readCount('exemplars', request.exemplars, EXEMPLARS_DEFAULT, EXEMPLARS_MAX);
    const quest = {
      query: body,
      start,
      end,
      step: readTempoStep(request.step) ?? defaultStep(start, end),
      exemplars: exemplarsOf(hints, asked),
    };
    return rangeAnswer(await this.evaluate(orgId, quest, reply));
  }

  @Serves(ROUTES.tempoMetricsInstant)
  async instant(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: request }: Asked<typeof ROUTES.tempoMetricsInstant>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof TempoInstantAnswer>> {
    const { start, end } = readMetricsRange(request, Date.now());
    const { body } = readSeriesQuery(request.q ?? request.query);
    return instantAnswer(
      await this.evaluate(orgId, { query: body, start, end, step: end - start, exemplars: 0 }, reply),
    );
  }

  private evaluate(orgId: OrgId, quest: MetricsQuest, reply: FastifyReply): Promise<MetricsAnswer> {
    return this.runner.run(orgId, 'tempo-metrics', reply, (bounds) =>
      evaluateMetrics(this.engines.storage.spans, orgId, quest, bounds),
    );
  }
}

/** `with (exemplars=false)`, `with (exemplars=5)`. */
function exemplarsOf(hints: readonly QueryHint[], otherwise: number): number {
  const value = hints.find(({ name }) => name === 'exemplars')?.value;
  if (value?.type === 'boolean') {
    return value.value ? otherwise : 0;
  }
  return value?.type === 'int' && value.value >= 0n ? Math.min(Number(value.value), EXEMPLARS_MAX) : otherwise;
}
