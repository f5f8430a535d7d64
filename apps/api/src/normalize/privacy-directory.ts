import type { Accounts } from '@aegisguard/accounts';
import type { Logger } from 'pino';
import { OrgDirectory } from './org-directory.ts';

/** What a thread needs to scrub an organization's records. Plain data: it crosses threads. */
export interface OrgPrivacy {
  /** Of the policy; another policy has another version. */
  readonly version: number;
  /** JSON of the `PrivacyPolicy`: it goes along with every batch, and a large one crosses as a text in less than a tenth of the time that its objects take. */
  readonly policyText: string;
  /** 32 bytes. */
  readonly hashKey: Uint8Array;
}

/** Every organization's policy and key. */
export class PrivacyDirectory extends OrgDirectory<OrgPrivacy> {
  constructor(
    accounts: { readonly privacy: Pick<Accounts['privacy'], 'read'>; privacyHashKey: Accounts['privacyHashKey'] },
    logger: Logger,
    nowMs: () => number,
  ) {
    const read = async (orgId: Parameters<Accounts['privacyHashKey']>[0]): Promise<OrgPrivacy> => {
      const { value: policy, version } = await accounts.privacy.read(orgId);
      return { version, policyText: JSON.stringify(policy), hashKey: accounts.privacyHashKey(orgId) };
    };
    super('a privacy policy', read, logger, nowMs);
  }
}
