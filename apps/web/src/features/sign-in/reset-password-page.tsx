import { AUTH_ROUTES, NewPassword } from '@aegisguard/model';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { z } from 'zod';
import { FORGOT_PASSWORD_PATH, LOGIN_PATH, RESET_PASSWORD_PATH } from '../../app/paths.ts';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { LoginProblem } from './login-problem.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { TextLink } from './text-link.tsx';

const NewPasswordFields = z.object({ newPassword: NewPassword });

function ResetForm({ token, onUsed }: { readonly token: string; readonly onUsed: () => void }): ReactNode {
  const navigate = useNavigate();
  const form = useZodForm({
    schema: NewPasswordFields,
    defaultValues: { newPassword: '' },
    onSave: async ({ newPassword }) => {
      await callRoute(AUTH_ROUTES.resetPassword, { body: { token, newPassword } });
      announce('Your new password is set. Sign in with it.');
      await navigate(LOGIN_PATH, { replace: true });
    },
  });
  const isUsed = form.saveError?.code === 'unauthorized';
  useEffect(() => {
    if (isUsed) {
      onUsed();
    }
  }, [isUsed, onUsed]);
  const { setFocus } = form;
  useEffect(() => {
    setFocus('newPassword');
  }, [setFocus]);
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      {form.saveError === undefined ? null : <LoginProblem error={form.saveError} onOver={form.forgetSaveError} />}
      <NewPasswordField
        label="New password"
        value={form.watch('newPassword')}
        known={[]}
        error={form.formState.errors.newPassword?.message}
        field={form.register('newPassword')}
      />
      <Button type="submit" variant="primary" size="lg" disabled={form.isSaving}>
        {form.isSaving ? 'Saving…' : 'Set the password'}
      </Button>
    </form>
  );
}

/** Where the link of a forgotten password leads. Its token is taken out of the address at once. */
export function ResetPasswordPage(): ReactNode {
  const { hash, search } = useLocation();
  const navigate = useNavigate();
  const [token] = useState(
    () => new URLSearchParams(hash.slice(1)).get('token') ?? new URLSearchParams(search).get('token') ?? '',
  );
  const [isUsed, setUsed] = useState(token === '');
  useEffect(() => {
    if (hash !== '' || search !== '') {
      void navigate(RESET_PASSWORD_PATH, { replace: true });
    }
  }, [hash, search, navigate]);
  return isUsed ? (
    <SignInFrame
      title="This link cannot be used"
      description="It has been used, has expired, or was not copied as a whole."
      footer={<TextLink to={LOGIN_PATH}>Back to signing in</TextLink>}
    >
      <Button asChild variant="primary" size="lg">
        <Link to={FORGOT_PASSWORD_PATH}>Ask for a new link</Link>
      </Button>
    </SignInFrame>
  ) : (
    <SignInFrame title="Choose a new password" description="You will be signed out everywhere else.">
      <ResetForm token={token} onUsed={() => setUsed(true)} />
    </SignInFrame>
  );
}
