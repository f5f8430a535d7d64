import type { PrivacyPolicyAnswer } from '@aegisguard/model';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Path, type UseFormReturn, useForm } from 'react-hook-form';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { useOnChange } from '../../../lib/use-on-change.ts';
import { policyErrors, policyKey, readPolicy, replacePolicy } from '../privacy-api.ts';
import { defaultFields, fieldsOf, isSamePolicy, PolicyFields, policyOf } from './policy-fields.ts';
import type { PolicyDraft } from './use-policy-draft.ts';

/** By which a button outside the form belongs to it. */
export const POLICY_FORM_ID = 'policy-form';

/** The policy being changed. */
export interface PolicyForm {
  readonly form: UseFormReturn<PolicyFields>;
  readonly fields: PolicyFields;
  /** The saved policy that the form is a change of. */
  readonly base: PrivacyPolicyAnswer;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  readonly error: ApiError | undefined;
  /** What somebody else has saved meanwhile. */
  readonly theirs: PrivacyPolicyAnswer | undefined;
  readonly save: () => void;
  readonly discard: () => void;
  readonly toDefaults: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
}

type Saving = { readonly saved: PrivacyPolicyAnswer } | { readonly theirs: PrivacyPolicyAnswer };

async function saveOrCompare(orgId: string, fields: PolicyFields, version: number): Promise<Saving> {
  try {
    return { saved: await replacePolicy(orgId, { policy: policyOf(fields), version }) };
  } catch (error) {
    if (asApiError(error).code === 'conflict') {
      return { theirs: await readPolicy(orgId) };
    }
    throw error;
  }
}

/** Holds the form of a policy: saves it with the version that was read, and puts what the server refuses beside the fields. */
export function usePolicyForm(
  orgId: string,
  answer: PrivacyPolicyAnswer,
  draft: PolicyDraft | null,
  onDraft: (draft: PolicyDraft | null) => void,
): PolicyForm {
  const client = useQueryClient();
  const [base, setBase] = useState(draft?.base ?? answer);
  const [theirs, setTheirs] = useState<PrivacyPolicyAnswer>();
  const form = useForm<PolicyFields>({
    resolver: zodResolver(PolicyFields),
    defaultValues: draft?.fields ?? fieldsOf(answer.policy),
  });
  const fields = form.watch();
  const isDirty = !isSamePolicy(policyOf(fields), base.policy);
  const text = JSON.stringify(fields);
  useEffect(() => {
    onDraft(isDirty ? { fields: JSON.parse(text) as PolicyFields, base } : null);
  }, [isDirty, text, base, onDraft]);

  const become = (saved: PrivacyPolicyAnswer): void => {
    setBase(saved);
    setTheirs(undefined);
    form.reset(fieldsOf(saved.policy));
    client.setQueryData(policyKey(orgId), saved);
  };
  // A newer one was read, and nothing of it is being changed here.
  useOnChange(answer.version, () => {
    if (!isDirty && answer.version > base.version) {
      become(answer);
    }
  });
  const saving = useMutation({
    mutationFn: (wanted: PolicyFields) => saveOrCompare(orgId, wanted, base.version),
    onSuccess: (outcome) => ('saved' in outcome ? become(outcome.saved) : setTheirs(outcome.theirs)),
    onError: (error) => {
      for (const { path, message } of policyErrors(asApiError(error)).toReversed()) {
        form.setError(path as Path<PolicyFields>, { type: 'server', message }, { shouldFocus: true });
      }
    },
  });
  return {
    form,
    fields,
    base,
    isDirty,
    isSaving: saving.isPending,
    isSaved: saving.isSuccess && !isDirty && theirs === undefined,
    error: saving.error === null ? undefined : asApiError(saving.error),
    theirs,
    save: () => void form.handleSubmit((wanted) => saving.mutate(wanted))(),
    discard: () => {
      saving.reset();
      form.reset(fieldsOf(base.policy));
    },
    toDefaults: () => form.reset(defaultFields()),
    takeTheirs: () => {
      saving.reset();
      if (theirs !== undefined) {
        become(theirs);
      }
    },
    keepMine: () => {
      saving.reset();
      setBase(theirs ?? base);
      setTheirs(undefined);
    },
  };
}
