import type { StoredPrivacyPolicy } from '@aegisguard/accounts';
import {
  type OrgId,
  type PrivacyPolicyAnswer,
  PrivacyPolicyRequest,
  type PrivacyPreviewAnswer,
  PrivacyPreviewRequest,
} from '@aegisguard/model';
import { createScrubber } from '@aegisguard/pipeline';
import { Body, Controller, Get, Header, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';
import { checkCustomRules } from './check-custom-rules.ts';
import { previewText } from './preview-text.ts';

/** What an organization does with personal data and secrets in its telemetry. */
@Controller('organization/privacy')
export class PrivacyPolicyController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Get()
  @RequirePermission('organization:read')
  async read(@CallerOrg() orgId: OrgId): Promise<PrivacyPolicyAnswer> {
    return answerOf(await this.engines.accounts.privacyPolicy(orgId));
  }

  @Put()
  @RequirePermission('organization:write')
  async replace(
    @CallerOrg() orgId: OrgId,
    @Body(new ZodPipe(PrivacyPolicyRequest)) { policy, version }: PrivacyPolicyRequest,
  ): Promise<PrivacyPolicyAnswer> {
    await checkCustomRules(policy.customRules);
    return answerOf(await this.engines.accounts.replacePrivacyPolicy(orgId, policy, version));
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
    await checkCustomRules(unsaved?.customRules ?? []);
    const policy = unsaved ?? (await accounts.privacyPolicy(orgId)).policy;
    return previewText(createScrubber(policy, accounts.privacyHashKey(orgId)), text, field);
  }
}

function answerOf({ policy, version, updatedAt }: StoredPrivacyPolicy): PrivacyPolicyAnswer {
  return { policy, version, updatedAt: updatedAt?.toISOString() ?? null };
}
