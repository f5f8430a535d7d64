import { AUTH_ROUTES, ForgotPasswordRequest } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { LOGIN_PATH } from '../../app/paths.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LoginProblem } from './login-problem.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { TextLink } from './text-link.tsx';
import { useAuthOptions } from './use-auth-options.ts';

function ForgotForm({ onSent }: { readonly onSent: (email: string) => void }): ReactNode {
  const form = useZodForm({
    schema: ForgotPasswordRequest,
    defaultValues: { email: '' },
    onSave: async (body) => {
      await callRoute(AUTH_ROUTES.forgotPassword, { body });
      onSent(body.email);
    },
  });
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      {form.saveError === undefined ? null : <LoginProblem error={form.saveError} onOver={form.forgetSaveError} />}
      <Field label="E-mail" error={form.formState.errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('email')}
            autoFocus
            type="email"
            autoComplete="username"
            className="h-9"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" disabled={form.isSaving}>
        {form.isSaving ? 'Sending…' : 'Send the link'}
      </Button>
    </form>
  );
}

/** Where one asks for a link to choose a new password. Whether there is such an account is not said. */
export function ForgotPasswordPage(): ReactNode {
  const options = useAuthOptions();
  const [sentTo, setSentTo] = useState<string>();
  const back = <TextLink to={LOGIN_PATH}>Back to signing in</TextLink>;
  if (options?.mail === false) {
    return (
      <SignInFrame
        title="Forgot your password?"
        description="This server cannot send mail. An owner or an admin of your organization can make a link for you, with which you choose a new password."
        footer={back}
      />
    );
  }
  return sentTo === undefined ? (
    <SignInFrame title="Forgot your password?" description="A link to choose a new one comes by mail." footer={back}>
      <ForgotForm onSent={setSentTo} />
    </SignInFrame>
  ) : (
    <SignInFrame title="Look at your mail" footer={back}>
      <Notice kind="info">
        If <strong className="break-all font-medium">{sentTo}</strong> has an account, a link is on its way. It may take
        a minute, or lie among unwanted mail.
      </Notice>
      <Button size="lg" onClick={() => setSentTo(undefined)}>
        Send it again
      </Button>
    </SignInFrame>
  );
}
