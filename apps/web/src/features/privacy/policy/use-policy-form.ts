import type { PrivacyPolicyAnswer } from '@aegisguard/model';
import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { type Path, type UseFormReturn, useForm } from 'react-hook-form';
import { useVersioned, type Versioned } from '../../../lib/use-versioned.ts';
import { policyErrors, policyKey, readPolicy, replacePolicy } from '../privacy-api.ts';
import { defaultFields, fieldsOf, isSamePolicy, PolicyFields, policyOf } from './policy-fields.ts';
import type { PolicyDraft } from './use-policy-draft.ts';

/** By which a button outside the form belongs to it. */
export const POLICY_FORM_ID = 'policy-form';

/** The policy being changed. */
export interface PolicyForm
  extends Pick<
    Versioned<PrivacyPolicyAnswer, PolicyFields>,
    'base' | 'theirs' | 'isSaving' | 'error' | 'takeTheirs' | 'keepMine'
  > {
  readonly form: UseFormReturn<PolicyFields>;
  readonly fields: PolicyFields;
  readonly isDirty: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  readonly save: () => void;
  readonly discard: () => void;
  readonly toDefaults: () => void;
}

/** Holds the form of a policy: saves it with the version that was read, and puts what the server refuses beside the fields. */
export function usePolicyForm(
  orgId: string,
  answer: PrivacyPolicyAnswer,
  draft: PolicyDraft | null,
  onDraft: (draft: PolicyDraft | null) => void,
): PolicyForm {
  const form = useForm<PolicyFields>({
    resolver: zodResolver(PolicyFields),
    defaultValues: draft?.fields ?? fieldsOf(answer.policy),
  });
  const fields = form.watch();
  const versioned = useVersioned({
    answer,
    kept: draft?.base,
    queryKey: policyKey(orgId),
    read: () => readPolicy(orgId),
    replace: (wanted: PolicyFields, version) => replacePolicy(orgId, { policy: policyOf(wanted), version }),
    isChanged: ({ policy }) => !isSamePolicy(policyOf(fields), policy),
    show: ({ policy }) => form.reset(fieldsOf(policy)),
    onRefused: (error) => {
      for (const { path, message } of policyErrors(error).toReversed()) {
        form.setError(path as Path<PolicyFields>, { type: 'server', message }, { shouldFocus: true });
      }
    },
  });
  const { base } = versioned;
  const isDirty = !isSamePolicy(policyOf(fields), base.policy);
  const text = JSON.stringify(fields);
  useEffect(() => {
    onDraft(isDirty ? { fields: JSON.parse(text) as PolicyFields, base } : null);
  }, [isDirty, text, base, onDraft]);

  return {
    form,
    fields,
    ...versioned,
    isDirty,
    isSaved: versioned.hasSaved && !isDirty,
    save: () => void form.handleSubmit((wanted) => versioned.save(wanted))(),
    discard: () => {
      versioned.forget();
      form.reset(fieldsOf(base.policy));
    },
    toDefaults: () => form.reset(defaultFields()),
  };
}
