import type { PrivacyPolicyAnswer } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { TryPanel } from '../preview/try-panel.tsx';
import { AllowedFieldsSection } from './allowed-fields-section.tsx';
import { KindsSection } from './kinds-section.tsx';
import { NamesSection } from './names-section.tsx';
import { triablePolicy } from './policy-fields.ts';
import { RegionsSection } from './regions-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { SaveBar } from './save-bar.tsx';
import type { PolicyDraft } from './use-policy-draft.ts';
import { POLICY_FORM_ID, usePolicyForm } from './use-policy-form.ts';

/** What becomes of what is found, and a place to try it. */
export function PolicyTab({
  orgId,
  answer,
  mayWrite,
  draft,
  onDraft,
  foot,
}: {
  readonly orgId: string;
  readonly answer: PrivacyPolicyAnswer;
  readonly mayWrite: boolean;
  readonly draft: PolicyDraft | null;
  readonly onDraft: (draft: PolicyDraft | null) => void;
  readonly foot: ReactNode;
}): ReactNode {
  const policy = usePolicyForm(orgId, answer, draft, onDraft);
  const isReadOnly = !mayWrite;
  const current = triablePolicy(policy.fields);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto xl:flex xl:overflow-hidden">
        <form
          id={POLICY_FORM_ID}
          noValidate
          className="scrollbar-slim min-w-0 flex-1 xl:overflow-y-auto"
          onSubmit={(event) => {
            event.preventDefault();
            policy.save();
          }}
        >
          <fieldset disabled={isReadOnly} className="flex max-w-5xl flex-col gap-7 px-4 py-5">
            <legend className="sr-only">The policy</legend>
            {isReadOnly ? (
              <Notice kind="info">Owners and admins of the organization can change this. You can try it.</Notice>
            ) : null}
            <KindsSection orgId={orgId} policy={policy} current={current} />
            <AllowedFieldsSection policy={policy} isReadOnly={isReadOnly} />
            <NamesSection policy={policy} isReadOnly={isReadOnly} />
            <RegionsSection policy={policy} isReadOnly={isReadOnly} />
            <RulesSection policy={policy} isReadOnly={isReadOnly} />
          </fieldset>
        </form>
        <div className="scrollbar-slim flex shrink-0 flex-col border-line max-xl:border-t xl:w-[27rem] xl:overflow-y-auto xl:border-l">
          <div className="flex-1 px-4 py-5">
            <TryPanel orgId={orgId} policy={current} />
          </div>
          {foot}
        </div>
      </div>
      {isReadOnly ? null : <SaveBar policy={policy} />}
    </div>
  );
}
