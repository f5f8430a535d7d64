import { evaluateLogQuery, parseLogQuery } from '@aegisguard/logql';
import {
  type Asked,
  type LogRecord,
  type OrgId,
  type PipelinePreviewAnswer,
  type PipelinePreviewRequest,
  ROUTES,
  type StoredLog,
} from '@aegisguard/model';
import { Controller, Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { PipelineTrial } from '../platform/log-pipelines/pipeline-trial.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { QueryRunner } from './query-runner.ts';

/** A person waits, and tries again with every key that they press. */
const TIMEOUT_MS = 10_000;

/** What rules would make of logs: lines that somebody typed, or the organization's own. */
@Controller()
export class LogPipelinePreviewController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
    @Inject(PipelineTrial) private readonly trial: PipelineTrial,
  ) {}

  @Serves(ROUTES.previewLogPipelines)
  @Header('cache-control', 'no-store')
  async preview(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.previewLogPipelines>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PipelinePreviewAnswer> {
    const { pipelines, lines } = body;
    const records = lines === undefined ? await this.stored(orgId, body, reply) : [];
    return this.trial.preview({ pipelines, lines, records, receivedAtMs: Date.now() });
  }

  private async stored(
    orgId: OrgId,
    { query, start, end, limit }: PipelinePreviewRequest,
    reply: FastifyReply,
  ): Promise<readonly LogRecord[]> {
    const parsed = parseLogQuery(query);
    const window = { ...resolveTimeRange({ start, end }, Date.now()), limit, direction: 'backward' as const };
    const answer = await this.runner.run(
      orgId,
      'log-pipelines/preview',
      reply,
      (bounds) => evaluateLogQuery(this.engines.storage.logs, orgId, parsed, window, bounds),
      TIMEOUT_MS,
    );
    return answer.kind === 'logs' ? answer.found.map(({ log }) => recordOf(log)) : [];
  }
}

/** The log as it is stored: what a pipeline of the query made of it is not what came in. */
function recordOf({ position, ...log }: StoredLog): LogRecord {
  return {
    ...log,
    attributes: { ...log.attributes },
    resource: { ...log.resource },
    details: { ...log.details },
    geo: { ...log.geo },
    userAgent: { ...log.userAgent },
    timestamp: position.timestamp,
    index: position.index,
  };
}
