import { AUTH_ROUTES, type MfaRequiredAnswer } from '@aegisguard/model';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { FORGOT_PASSWORD_PATH } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { beginSession } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { LoginProblem } from './login-problem.tsx';
import { PasswordInput } from './password-input.tsx';
import { TextLink } from './text-link.tsx';

const LoginFields = z.object({
  email: z
    .string()
    .trim()
    .min(1, 'Enter your e-mail address.')
    .max(320)
    .includes('@', { error: 'This is not an e-mail address.' }),
  password: z.string().min(1, 'Enter your password.').max(1024),
});
type LoginFields = z.infer<typeof LoginFields>;

/** E-mail and password, checked here for what is missing and by the server for the rest. */
export function LoginForm({
  onSecondStep,
}: {
  readonly onSecondStep: (required: MfaRequiredAnswer) => void;
}): ReactNode {
  const { register, handleSubmit, formState, setFocus, resetField } = useForm<LoginFields>({
    resolver: zodResolver(LoginFields),
    defaultValues: { email: '', password: '' },
  });
  const login = useMutation({
    mutationFn: (body: LoginFields) => callRoute(AUTH_ROUTES.login, { body }),
    onSuccess: (answer) => {
      if ('mfaRequired' in answer) {
        onSecondStep(answer);
      } else {
        beginSession(answer, Date.now());
      }
    },
    onError: (error) => {
      if (asApiError(error).code === 'invalid-credentials') {
        resetField('password');
        setFocus('password');
      }
    },
  });
  useEffect(() => {
    setFocus('email');
  }, [setFocus]);
  const submit = handleSubmit((fields) => login.mutate(fields));
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {login.error === null ? null : <LoginProblem error={asApiError(login.error)} onOver={login.reset} />}
      <Field label="E-mail" error={formState.errors.email?.message}>
        {(control) => (
          <Input type="email" autoComplete="username webauthn" className="h-9" {...control} {...register('email')} />
        )}
      </Field>
      <div className="flex flex-col gap-1.5">
        <Field label="Password" error={formState.errors.password?.message}>
          {(control) => <PasswordInput autoComplete="current-password" {...control} {...register('password')} />}
        </Field>
        <TextLink to={FORGOT_PASSWORD_PATH} className="self-end text-xs">
          Forgot your password?
        </TextLink>
      </div>
      <Button type="submit" variant="primary" size="lg" disabled={login.isPending}>
        {login.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
