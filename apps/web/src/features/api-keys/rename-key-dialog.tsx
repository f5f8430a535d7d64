import { type ApiKeyView, KEY_ROUTES, Name } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';

const RenameForm = z.object({ name: Name });
type RenameForm = z.infer<typeof RenameForm>;

/** Gives a key another name. */
export function RenameKeyDialog({
  orgId,
  apiKey,
  onDone,
  onClose,
}: {
  readonly orgId: string;
  readonly apiKey: ApiKeyView;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm<RenameForm, RenameForm>({
    schema: RenameForm,
    defaultValues: { name: apiKey.name },
    onSave: async (body) => {
      const { name } = await callRoute(KEY_ROUTES.updateKey, { params: { id: apiKey.id }, body, orgId });
      onDone(`The key is called “${name}” now.`);
    },
  });
  return (
    <Dialog
      title={`Rename “${apiKey.name}”`}
      description="The key itself stays as it is: what uses it notices nothing."
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            Rename
          </Button>
        </>
      }
    >
      <Field label="Name" error={form.formState.errors.name?.message}>
        {(control) => <Input {...control} data-autofocus="" autoComplete="off" {...form.register('name')} />}
      </Field>
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
