import { Name, type SavedView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';

const ViewForm = z.object({ name: Name, shared: z.boolean() });

/** What a view is called, and who sees it. */
export type ViewForm = z.infer<typeof ViewForm>;

/** Names a new view, or renames one. */
export function ViewNameDialog({
  view,
  onSave,
  onClose,
}: {
  /** Undefined for a new one. */
  readonly view: SavedView | undefined;
  readonly onSave: (form: ViewForm) => Promise<void>;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm<ViewForm, ViewForm>({
    schema: ViewForm,
    defaultValues: { name: view?.name ?? '', shared: view?.shared ?? false },
    onSave,
  });
  return (
    <Dialog
      title={view === undefined ? 'Save this view' : `Rename “${view.name}”`}
      {...(view === undefined ? { description: 'The query, the time range and how the rows are shown.' } : {})}
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            Save
          </Button>
        </>
      }
    >
      <Field label="Name" error={form.formState.errors.name?.message}>
        {(control) => <Input {...control} data-autofocus="" autoComplete="off" {...form.register('name')} />}
      </Field>
      <Checkbox
        label="Everyone in the organization may use it"
        hint="Else only you see it."
        {...form.register('shared')}
      />
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          It was not saved: {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
