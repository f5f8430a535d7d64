import type { Actor, StoredDocument } from '@aegisguard/accounts';
import {
  type Asked,
  type OrgId,
  type PrivacyPolicy,
  type PrivacyPolicyAnswer,
  type PrivacyPreviewAnswer,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { PolicyTrial } from './policy-trial.ts';

/** What an organization does with personal data and secrets in its telemetry. */
@Controller()
export class PrivacyPolicyController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(PolicyTrial) private readonly trial: PolicyTrial,
  ) {}

  @Serves(ROUTES.readPrivacyPolicy)
  async read(@CallerOrg() orgId: OrgId): Promise<PrivacyPolicyAnswer> {
    return answerOf(await this.engines.accounts.privacy.read(orgId));
  }

  @Serves(ROUTES.replacePrivacyPolicy)
  async replace(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body: { policy, version } }: Asked<typeof ROUTES.replacePrivacyPolicy>,
  ): Promise<PrivacyPolicyAnswer> {
    await this.trial.check(policy.customRules);
    return answerOf(await this.engines.accounts.privacy.replace(orgId, by, policy, version));
  }

  /** The text is one that somebody wants to see treated right: it is neither kept nor logged. */
  @Serves(ROUTES.previewPrivacyPolicy)
  @Header('cache-control', 'no-store')
  async preview(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body: { text, field, policy: unsaved } }: Asked<typeof ROUTES.previewPrivacyPolicy>,
  ): Promise<PrivacyPreviewAnswer> {
    const { accounts } = this.engines;
    const policy = unsaved ?? (await accounts.privacy.read(orgId)).value;
    return this.trial.preview({ policy, hashKey: accounts.privacyHashKey(orgId), text, field });
  }
}

function answerOf({ value: policy, version, updatedAt }: StoredDocument<PrivacyPolicy>): PrivacyPolicyAnswer {
  return { policy, version, updatedAt: updatedAt?.toISOString() ?? null };
}
