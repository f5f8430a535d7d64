import {
  AegisError,
  type Asked,
  NANOS_PER_MS,
  nanosFromMs,
  type OrgId,
  ROUTES,
  type TraceFunnelAnswer,
  type TraceFunnelRequest,
  unixNanos,
} from '@aegisguard/model';
import type { SpansetPipeline } from '@aegisguard/traceql';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { resolveTimeRange } from '../../platform/time-range.ts';
import { histogramGrid } from '../histogram-step.ts';
import { QueryRunner } from '../query-runner.ts';
import { spansOf } from './flat-filter.ts';
import { funnelView } from './funnel-view.ts';
import { readSpansetQuery } from './read-trace-query.ts';
import { tellFunnel } from './tell-funnel.ts';

/** Every span. */
const ALL: SpansetPipeline = {
  kind: 'pipeline',
  stages: [{ kind: 'spanset-filter', at: { from: 0, to: 0 } }],
  at: { from: 0, to: 0 },
};

/** Traces through ordered steps. */
@Controller()
export class TraceFunnelController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.funnelTraces)
  async funnel(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.funnelTraces>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceFunnelAnswer> {
    const { start, end } = resolveTimeRange(body, Date.now());
    const grid = histogramGrid(start, end, body.buckets);
    const quest = {
      steps: body.steps.map(spansOfStep),
      start,
      end,
      origin: unixNanos(nanosFromMs(grid.startMs)),
      width: BigInt(grid.stepMs) * NANOS_PER_MS,
      listed: body.listed,
    };
    const told = await this.runner.run(orgId, 'traces/funnel', reply, (bounds) =>
      tellFunnel(this.engines.storage.spans, orgId, quest, bounds),
    );
    return funnelView(body.steps, grid, told);
  }
}

/** What is wrong with a query says of which step it is. */
function spansOfStep(
  { service, operation, query, errorsOnly }: TraceFunnelRequest['steps'][number],
  place: number,
): SpansetPipeline {
  const flat = { service, operation, ...(errorsOnly ? { status: 'error' as const } : {}) };
  try {
    return spansOf(readSpansetQuery(query), flat) ?? ALL;
  } catch (error) {
    if (error instanceof AegisError && error.detail !== undefined) {
      const { code, detail, members } = error;
      const errors = [{ path: `/steps/${place}/query`, message: detail }];
      throw new AegisError(code, { detail: `Step ${place + 1}: ${detail}`, members: { ...members, errors } });
    }
    throw error;
  }
}
