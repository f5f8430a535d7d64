import type { SamplingPreviewAnswer, TraceSampling } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { ApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before traces begin to be deleted, and says which. */
export function ConfirmSampling({
  sampling: { rules, percent, wholeForHours },
  counted,
  isSaving,
  error,
  onConfirm,
  onClose,
}: {
  readonly sampling: TraceSampling;
  /** What these rules would do, if that was counted. */
  readonly counted: SamplingPreviewAnswer | undefined;
  readonly isSaving: boolean;
  readonly error: ApiError | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <ConfirmDialog
      title="Delete traces from now on?"
      action={{ label: 'Save and delete traces', pendingLabel: 'Saving…' }}
      isPending={isSaving}
      error={error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {formatCount(wholeForHours)} hours after the end of each day (UTC), those of the last week included, its traces{' '}
      {rules.length === 0 ? '' : 'that no rule keeps '}are deleted with all their spans
      {percent === 0 ? '' : `, but for ${percent}% of them`}. They cannot be brought back. Metrics, figures of services
      and edges of the map stay.{' '}
      {counted === undefined || counted.traces === 0
        ? null
        : `Of the ${formatCount(counted.traces)} traces of ${counted.date}, ${formatCount(counted.traces - counted.keptTraces)} would go.`}
    </ConfirmDialog>
  );
}
