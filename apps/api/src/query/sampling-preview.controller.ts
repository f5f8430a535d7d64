import { type Asked, type OrgId, ROUTES, type SamplingPreviewAnswer } from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { QueryRunner } from './query-runner.ts';

/** What rules would do with an organization's traces. */
@Controller()
export class SamplingPreviewController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.previewTraceSampling)
  async preview(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body: { sampling, date } }: Asked<typeof ROUTES.previewTraceSampling>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SamplingPreviewAnswer> {
    const day = await this.runner.run(orgId, 'traces/sampling', reply, (bounds) =>
      this.engines.storage.traceSampling.preview(orgId, date, sampling, bounds),
    );
    return { ...day, keptByRule: [...day.keptByRule] };
  }
}
