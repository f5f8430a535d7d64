import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { OvertakenNotice } from '../../../ui/overtaken-notice.tsx';
import { SaveState } from '../../../ui/save-state.tsx';
import { kindName } from '../kinds.ts';
import { policyErrors } from '../privacy-api.ts';
import { changedParts } from './policy-fields.ts';
import { POLICY_FORM_ID, type PolicyForm } from './use-policy-form.ts';

function Conflict({ policy }: { readonly policy: PolicyForm }): ReactNode {
  const { theirs, base, takeTheirs, keepMine } = policy;
  if (theirs === undefined) {
    return null;
  }
  const changes = changedParts(base.policy, theirs.policy, kindName);
  return (
    <OvertakenNotice
      title="Somebody changed the policy meanwhile"
      lost="yours was not saved"
      changes={changes}
      onTake={takeTheirs}
      onKeep={keepMine}
    />
  );
}

function Failure({ policy: { error, form } }: { readonly policy: PolicyForm }): ReactNode {
  const isBeside = Object.keys(form.formState.errors).length > 0;
  // What was said beside fields, and has been corrected since, is over.
  if (error === undefined || (!isBeside && policyErrors(error).length > 0)) {
    return null;
  }
  return (
    <Notice kind="error">
      It was not saved:{' '}
      {isBeside ? 'see what is said beside the fields above.' : `${error.title}. ${error.detail ?? ''}`}
    </Notice>
  );
}

/** Saves the policy, or gives changes up; says what happened to it. */
export function SaveBar({ policy }: { readonly policy: PolicyForm }): ReactNode {
  const { isDirty, isSaved, isSaving, base, theirs, discard, toDefaults } = policy;
  return (
    <div className="flex shrink-0 flex-col gap-2 border-line border-t bg-surface px-4 py-2">
      <Conflict policy={policy} />
      <Failure policy={policy} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <div role="status" className="mr-auto min-w-0 text-xs">
          <SaveState
            isDirty={isDirty}
            isSaved={isSaved}
            updatedAt={base.updatedAt}
            never="This is the default policy."
          />
          <p className="text-muted">
            What is saved takes effect within seconds, for what comes from then on. What is stored stays as it is.
          </p>
        </div>
        <Button variant="ghost" disabled={isSaving} onClick={toDefaults}>
          Reset to defaults
        </Button>
        <Button disabled={!isDirty || isSaving} onClick={discard}>
          Discard changes
        </Button>
        <Button
          type="submit"
          form={POLICY_FORM_ID}
          variant="primary"
          disabled={!isDirty || isSaving || theirs !== undefined}
        >
          {isSaving ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
