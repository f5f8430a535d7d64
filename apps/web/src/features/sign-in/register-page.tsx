import { AUTH_ROUTES, RegisterRequest } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Link, Navigate } from 'react-router';
import { LOGIN_PATH } from '../../app/paths.ts';
import { callRoute } from '../../lib/call-route.ts';
import { beginSession } from '../../lib/session.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { LoginProblem } from './login-problem.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { TextLink } from './text-link.tsx';
import { useAuthOptions } from './use-auth-options.ts';
import { useRestoredSession } from './use-restored-session.ts';

function RegisterForm(): ReactNode {
  const form = useZodForm({
    schema: RegisterRequest,
    defaultValues: { organizationName: '', name: '', email: '', password: '' },
    onSave: async (body) => beginSession(await callRoute(AUTH_ROUTES.register, { body }), Date.now()),
  });
  const { errors } = form.formState;
  const [organizationName, name, email, password] = form.watch(['organizationName', 'name', 'email', 'password']);
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      {form.saveError === undefined ? null : <LoginProblem error={form.saveError} onOver={form.forgetSaveError} />}
      <Field label="Organization" hint="Your company or team." error={errors.organizationName?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('organizationName')}
            autoFocus
            autoComplete="organization"
            className="h-9"
          />
        )}
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" className="h-9" />}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...form.register('email')} type="email" autoComplete="username" className="h-9" />
        )}
      </Field>
      <NewPasswordField
        value={password}
        known={[organizationName, name, email]}
        error={errors.password?.message}
        field={form.register('password')}
      />
      <Button type="submit" variant="primary" size="lg" disabled={form.isSaving} className="mt-1">
        {form.isSaving ? 'Creating…' : 'Create organization'}
      </Button>
    </form>
  );
}

/** Where one makes an account and an organization, if the server lets anybody. */
export function RegisterPage(): ReactNode {
  const state = useRestoredSession();
  const options = useAuthOptions();
  if (state?.kind === 'open') {
    return <Navigate to="/" replace />;
  }
  if (state === undefined || options === undefined) {
    return null;
  }
  const signIn = <TextLink to={LOGIN_PATH}>Sign in</TextLink>;
  return options.registration ? (
    <SignInFrame
      title="Create an organization"
      description="You will be its owner, and can invite others."
      footer={<>Have an account? {signIn}</>}
    >
      <RegisterForm />
    </SignInFrame>
  ) : (
    <SignInFrame
      title="Registration is closed"
      description="On this server, people join by invitation. Ask an owner or an admin of your organization for one."
    >
      <Button asChild size="lg">
        <Link to={LOGIN_PATH}>Sign in</Link>
      </Button>
    </SignInFrame>
  );
}
