import { AUTH_ROUTES, ChangePasswordRequest } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { useMe } from '../../app/use-me.ts';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { provenBy } from '../../lib/proven-by.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { NewPasswordField } from '../sign-in/new-password-field.tsx';
import { PasswordInput } from '../sign-in/password-input.tsx';
import { SaveProblem } from './save-problem.tsx';

/** Changing one's password. */
export function PasswordSection(): ReactNode {
  const { data: me } = useMe();
  const form = useZodForm({
    schema: ChangePasswordRequest,
    defaultValues: { currentPassword: '', newPassword: '' },
    onSave: (body) =>
      provenBy('currentPassword', 'This is not your present password.', async () => {
        await callRoute(AUTH_ROUTES.changePassword, { body });
        form.reset();
        announce('Your password is changed. All your other sessions are signed out.');
      }),
  });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={form.submit}>
      <Section
        title="Password"
        description="All your other sessions are signed out when it changes."
        footer={
          <Button type="submit" disabled={form.isSaving}>
            {form.isSaving ? 'Changing…' : 'Change password'}
          </Button>
        }
      >
        <div className="flex max-w-md flex-col gap-4">
          <SaveProblem error={form.saveError} />
          {/* For password managers, which want to know whose it is. */}
          <input hidden readOnly type="email" autoComplete="username" value={me?.user.email ?? ''} />
          <Field label="Present password" error={errors.currentPassword?.message}>
            {(control) => (
              <PasswordInput {...control} {...form.register('currentPassword')} autoComplete="current-password" />
            )}
          </Field>
          <NewPasswordField
            label="New password"
            value={form.watch('newPassword')}
            known={[me?.user.email ?? '', me?.user.name ?? '']}
            error={errors.newPassword?.message}
            field={form.register('newPassword')}
          />
        </div>
      </Section>
    </form>
  );
}
