import type { DashboardPanel } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { RepeatField } from './repeat-field.tsx';

/** The title of a row, and for which values it is there. */
export function RowDialog({
  row,
  variableNames,
  onApply,
  onClose,
}: {
  readonly row: DashboardPanel;
  readonly variableNames: readonly string[];
  readonly onApply: (row: DashboardPanel) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [title, setTitle] = useState(row.title);
  const [repeat, setRepeat] = useState(row.repeat);
  return (
    <Dialog
      title="Edit the row"
      onClose={onClose}
      onSubmit={() => onApply({ ...row, title, repeat })}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Apply
          </Button>
        </>
      }
    >
      <Field label="Title">
        {(control) => (
          <Input
            {...control}
            data-autofocus=""
            maxLength={500}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <RepeatField value={repeat} names={variableNames} onChange={setRepeat} />
    </Dialog>
  );
}
