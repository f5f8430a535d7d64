import type { Actor, StoredPrivacyPolicy } from '@aegisguard/accounts';
import {
  type OrgId,
  type PrivacyPolicyAnswer,
  PrivacyPolicyRequest,
  type PrivacyPreviewAnswer,
  PrivacyPreviewRequest,
} from '@aegisguard/model';
import { Body, Controller, Get, Header, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { By, CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';
import { PolicyTrial } from './policy-trial.ts';

/** What an organization does with personal data and secrets in its telemetry. */
@Controller('organization/privacy')
export class PrivacyPolicyController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(PolicyTrial) private readonly trial: PolicyTrial,
  ) {}

  @Get()
  @RequirePermission('organization:read')
  async read(@CallerOrg() orgId: OrgId): Promise<PrivacyPolicyAnswer> {
    return answerOf(await this.engines.accounts.privacy.read(orgId));
  }

  @Put()
  @RequirePermission('organization:write')
  async replace(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @Body(new ZodPipe(PrivacyPolicyRequest)) { policy, version }: PrivacyPolicyRequest,
  ): Promise<PrivacyPolicyAnswer> {
    await this.trial.check(policy.customRules);
    return answerOf(await this.engines.accounts.privacy.replace(orgId, by, policy, version));
  }

  /** The text is one that somebody wants to see treated right: it is neither kept nor logged. */
  @Post('preview')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @RequirePermission('organization:read')
  async preview(
    @CallerOrg() orgId: OrgId,
    @Body(new ZodPipe(PrivacyPreviewRequest)) { text, field, policy: unsaved }: PrivacyPreviewRequest,
  ): Promise<PrivacyPreviewAnswer> {
    const { accounts } = this.engines;
    const policy = unsaved ?? (await accounts.privacy.read(orgId)).policy;
    return this.trial.preview({ policy, hashKey: accounts.privacyHashKey(orgId), text, field });
  }
}

function answerOf({ policy, version, updatedAt }: StoredPrivacyPolicy): PrivacyPolicyAnswer {
  return { policy, version, updatedAt: updatedAt?.toISOString() ?? null };
}
