import { MFA_ROUTES, MfaSetupRequest, PasskeyRename } from '@aegisguard/model';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { asPasskeyError } from '../../lib/passkey-error.ts';
import { provenBy } from '../../lib/proven-by.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from '../sign-in/password-input.tsx';
import { SaveProblem } from './save-problem.tsx';
import { useRefreshMfaState } from './use-mfa-state.ts';

const PasskeyFields = PasskeyRename.extend(MfaSetupRequest.required().shape);

async function createPasskey(name: string, password: string): Promise<readonly string[] | null> {
  const { options, state } = await callRoute(MFA_ROUTES.passkeyOptions, { body: { password } });
  const { startRegistration } = await import('@simplewebauthn/browser');
  try {
    // The server's library made them for this one.
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    const response = await startRegistration({ optionsJSON });
    const added = await callRoute(MFA_ROUTES.addPasskey, { body: { name, state, response: { ...response } } });
    return added.recoveryCodes;
  } catch (error) {
    throw asPasskeyError(error);
  }
}

/** Adds a passkey. `onAdded` gets recovery codes where it is the first second factor. */
export function AddPasskeyDialog({
  onAdded,
  onClose,
}: {
  readonly onAdded: (recoveryCodes: readonly string[] | null) => void;
  readonly onClose: () => void;
}): ReactNode {
  const refresh = useRefreshMfaState();
  const form = useZodForm({
    schema: PasskeyFields,
    defaultValues: { name: '', password: '' },
    onSave: ({ name, password }) =>
      provenBy('password', 'This is not your password.', async () => {
        const recoveryCodes = await createPasskey(name, password);
        await refresh();
        announce(`The passkey “${name}” is added.`);
        onClose();
        onAdded(recoveryCodes);
      }),
  });
  const { errors } = form.formState;
  return (
    <Dialog
      title="Add a passkey"
      description="Your browser will then ask you to confirm with your device or security key."
      onSubmit={form.submit}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {form.isSaving ? 'Waiting for the device…' : 'Continue'}
          </Button>
        </>
      }
    >
      <SaveProblem error={form.saveError} />
      <Field label="Name" hint="To tell it from others later, e.g. “Laptop”." error={errors.name?.message}>
        {(control) => (
          <Input {...control} {...form.register('name')} data-autofocus="" autoComplete="off" className="h-9" />
        )}
      </Field>
      <Field label="Your password" error={errors.password?.message}>
        {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="current-password" />}
      </Field>
    </Dialog>
  );
}
