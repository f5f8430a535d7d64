import { MFA_ROUTES, PasskeyRename } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import type { Passkey } from './passkeys-section.tsx';
import { SaveProblem } from './save-problem.tsx';
import { useRefreshMfaState } from './use-mfa-state.ts';

/** Gives a passkey another name. */
export function RenamePasskeyDialog({
  passkey,
  onClose,
}: {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}): ReactNode {
  const refresh = useRefreshMfaState();
  const form = useZodForm({
    schema: PasskeyRename,
    defaultValues: { name: passkey.name },
    onSave: async (body) => {
      await callRoute(MFA_ROUTES.renamePasskey, { params: { id: passkey.id }, body });
      await refresh();
      announce(`The passkey is now called “${body.name}”.`);
      onClose();
    },
  });
  return (
    <Dialog
      title={`Rename “${passkey.name}”`}
      onSubmit={form.submit}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {form.isSaving ? 'Saving…' : 'Rename'}
          </Button>
        </>
      }
    >
      <SaveProblem error={form.saveError} />
      <Field label="Name" error={form.formState.errors.name?.message}>
        {(control) => (
          <Input {...control} {...form.register('name')} data-autofocus="" autoComplete="off" className="h-9" />
        )}
      </Field>
    </Dialog>
  );
}
