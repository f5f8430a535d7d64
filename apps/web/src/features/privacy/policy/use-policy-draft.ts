import type { PrivacyPolicyAnswer } from '@aegisguard/model';
import { useKeptDraft } from '../../../lib/use-kept-draft.ts';
import type { PolicyFields } from './policy-fields.ts';

/** Changes that are not saved, and the policy that they are changes of. */
export interface PolicyDraft {
  readonly fields: PolicyFields;
  readonly base: PrivacyPolicyAnswer;
}

/** The policy as somebody is changing it. */
export function usePolicyDraft(orgId: string): readonly [PolicyDraft | null, (draft: PolicyDraft | null) => void] {
  return useKeptDraft<PolicyDraft>('privacy', orgId);
}
