import type { Actor, StoredDocument } from '@aegisguard/accounts';
import { type Asked, type OrgId, ROUTES, type TraceSampling, type TraceSamplingAnswer } from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';

/** Which of its traces an organization keeps. */
@Controller()
export class TraceSamplingController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.readTraceSampling)
  async read(@CallerOrg() orgId: OrgId): Promise<TraceSamplingAnswer> {
    return answerOf(await this.engines.accounts.traceSampling.read(orgId));
  }

  @Serves(ROUTES.replaceTraceSampling)
  async replace(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body: { sampling, version } }: Asked<typeof ROUTES.replaceTraceSampling>,
  ): Promise<TraceSamplingAnswer> {
    return answerOf(await this.engines.accounts.traceSampling.replace(orgId, by, sampling, version));
  }
}

function answerOf({ value, version, updatedAt }: StoredDocument<TraceSampling>): TraceSamplingAnswer {
  return { sampling: value, version, updatedAt: updatedAt?.toISOString() ?? null };
}
