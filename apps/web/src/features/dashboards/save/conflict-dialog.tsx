import type { Dashboard } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { ApiError } from '../../../lib/api-error.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { changeWords } from '../versions/change-words.ts';

/** Somebody else has saved the dashboard while it was changed here: theirs, or ours over it. Nothing is lost either way but what is given up on purpose. */
export function ConflictDialog({
  base,
  theirs,
  isSaving,
  error,
  onOverwrite,
  onTheirs,
  onClose,
}: {
  readonly base: Dashboard;
  readonly theirs: Dashboard;
  readonly isSaving: boolean;
  readonly error: ApiError | undefined;
  readonly onOverwrite: () => void;
  readonly onTheirs: () => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Dialog
      isAlert
      size="wide"
      title="Somebody else has saved this dashboard"
      description={
        <>
          {theirs.updatedByName ?? 'Somebody'} saved version {theirs.version} <RelativeTime time={theirs.updatedAt} />,
          and yours began with version {base.version}. {changeWords(base, theirs)}
        </>
      }
      onClose={onClose}
      footer={
        <>
          <Button data-autofocus="" onClick={onClose}>
            Keep editing
          </Button>
          <Button onClick={onTheirs}>Give up mine, show theirs</Button>
          <Button variant="primary" disabled={isSaving} onClick={onOverwrite}>
            {isSaving ? 'Saving…' : `Save mine as version ${theirs.version + 1}`}
          </Button>
        </>
      }
    >
      <p className="text-muted">
        Saving yours replaces theirs. Theirs stays among the versions, from where it can be restored.
      </p>
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
    </Dialog>
  );
}
