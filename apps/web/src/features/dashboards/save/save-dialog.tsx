import type { Dashboard } from '@aegisguard/model';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { dashboardQuery, saveDashboard } from '../dashboards-api.ts';
import type { DashboardDraft } from '../use-dashboard-draft.ts';
import { changeWords } from '../versions/change-words.ts';
import { ConflictDialog } from './conflict-dialog.tsx';

/** Saves what was changed, with a word on it; asks what to do when somebody else has saved meanwhile. */
export function SaveDialog({
  orgId,
  draft: { content, base },
  onSaved,
  onTheirs,
  onClose,
}: {
  readonly orgId: string;
  readonly draft: DashboardDraft;
  readonly onSaved: (saved: Dashboard) => void;
  /** Own changes are given up for what somebody else has saved. */
  readonly onTheirs: (theirs: Dashboard) => void;
  readonly onClose: () => void;
}): ReactNode {
  const client = useQueryClient();
  const [message, setMessage] = useState('');
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [theirs, setTheirs] = useState<Dashboard>();
  const save = async (version: number): Promise<void> => {
    setSaving(true);
    setError(undefined);
    try {
      onSaved(await saveDashboard(orgId, base.id, { ...content, version, message }));
    } catch (cause) {
      const problem = asApiError(cause);
      if (problem.code === 'conflict') {
        setTheirs(await client.fetchQuery({ ...dashboardQuery(orgId, base.id), staleTime: 0 }).catch(() => undefined));
      }
      setError(problem);
    } finally {
      setSaving(false);
    }
  };
  if (theirs !== undefined) {
    return (
      <ConflictDialog
        base={base}
        theirs={theirs}
        isSaving={isSaving}
        error={error?.code === 'conflict' ? undefined : error}
        onOverwrite={() => void save(theirs.version)}
        onTheirs={() => onTheirs(theirs)}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      title={`Save “${content.title}”`}
      description={`Everyone in the organization sees it as version ${base.version + 1}. ${changeWords(base, content)}`}
      onClose={onClose}
      onSubmit={() => void save(base.version)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isSaving}>
            {isSaving ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <Field label="What was changed" hint="For those who look through the versions later. May be left out.">
        {(control) => (
          <Input
            {...control}
            data-autofocus=""
            maxLength={500}
            autoComplete="off"
            value={message}
            onChange={(event) => setMessage(event.target.value)}
          />
        )}
      </Field>
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
    </Dialog>
  );
}
