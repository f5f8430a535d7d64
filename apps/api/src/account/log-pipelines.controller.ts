import type { Actor, StoredDocument } from '@aegisguard/accounts';
import {
  type Asked,
  type LogPipelines,
  type LogPipelinesAnswer,
  type OrgId,
  type PipelineImportAnswer,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { PipelineTrial } from '../platform/log-pipelines/pipeline-trial.ts';
import { Serves, TheRequest } from '../platform/serves.ts';

/** What an organization wants done with its logs before they are stored. */
@Controller()
export class LogPipelinesController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(PipelineTrial) private readonly trial: PipelineTrial,
  ) {}

  @Serves(ROUTES.readLogPipelines)
  async read(@CallerOrg() orgId: OrgId): Promise<LogPipelinesAnswer> {
    return answerOf(await this.engines.accounts.logPipelines.read(orgId));
  }

  @Serves(ROUTES.replaceLogPipelines)
  async replace(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body: { pipelines, version } }: Asked<typeof ROUTES.replaceLogPipelines>,
  ): Promise<LogPipelinesAnswer> {
    await this.trial.check(pipelines);
    return answerOf(await this.engines.accounts.logPipelines.replace(orgId, by, pipelines, version));
  }

  /** The configuration is somebody's: it is neither kept nor logged. */
  @Serves(ROUTES.importLogPipelines)
  @Header('cache-control', 'no-store')
  import(@TheRequest() { body }: Asked<typeof ROUTES.importLogPipelines>): Promise<PipelineImportAnswer> {
    return this.trial.import(body.yaml);
  }
}

function answerOf({ value, version, updatedAt }: StoredDocument<LogPipelines>): LogPipelinesAnswer {
  return { pipelines: value, version, updatedAt: updatedAt?.toISOString() ?? null };
}
