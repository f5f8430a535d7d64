import type { PrivacyPolicyAnswer } from '@aegisguard/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PolicyFields } from './policy-fields.ts';

/** Changes that are not saved, and the policy that they are changes of. */
export interface PolicyDraft {
  readonly fields: PolicyFields;
  readonly base: PrivacyPolicyAnswer;
}

/** What is not saved stays until the tab is closed or the session ends, whatever other part of the application is looked at meanwhile. */
export function usePolicyDraft(orgId: string): readonly [PolicyDraft | null, (draft: PolicyDraft | null) => void] {
  const client = useQueryClient();
  const { data } = useQuery<PolicyDraft | null>({
    queryKey: ['privacy', 'draft', orgId],
    queryFn: () => null,
    initialData: null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const keep = useCallback(
    (draft: PolicyDraft | null) => void client.setQueryData(['privacy', 'draft', orgId], draft),
    [client, orgId],
  );
  return [data, keep];
}
