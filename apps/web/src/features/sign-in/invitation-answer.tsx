import { AcceptInvitationRequest, AUTH_ROUTES, type InvitationPreview, type MeAnswer } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { homePath, invitationPath, loginPath } from '../../app/paths.ts';
import { meQuery } from '../../app/use-me.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { leaveSession } from '../../lib/refresh-session.ts';
import { beginSession, type Session } from '../../lib/session.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LoginProblem } from './login-problem.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { useRestoredSession } from './use-restored-session.ts';

interface Answering {
  readonly preview: InvitationPreview;
  readonly token: string;
}

/** The organization that one belongs to now and did not before. */
function joinedPath({ organizations }: MeAnswer, before: readonly string[]): string {
  const joined = organizations.find(({ id }) => !before.includes(id));
  return joined === undefined ? '/' : homePath(joined.id);
}

function NewAccount({ preview, token }: Answering): ReactNode {
  const navigate = useNavigate();
  const form = useZodForm({
    schema: AcceptInvitationRequest,
    defaultValues: { name: preview.name, password: '' },
    onSave: async (body) => {
      const answer = await callRoute(AUTH_ROUTES.acceptInvitation, { params: { token }, body });
      beginSession(answer, Date.now());
      await navigate(joinedPath(answer, []), { replace: true });
    },
  });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      {form.saveError === undefined ? null : <LoginProblem error={form.saveError} onOver={form.forgetSaveError} />}
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            readOnly
            value={preview.email}
            autoComplete="username"
            className="h-9 bg-canvas text-muted"
          />
        )}
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoFocus autoComplete="name" className="h-9" />}
      </Field>
      <NewPasswordField
        value={form.watch('password')}
        known={[preview.email, preview.organizationName, form.watch('name')]}
        error={errors.password?.message}
        field={form.register('password')}
      />
      <Button type="submit" variant="primary" size="lg" disabled={form.isSaving}>
        {form.isSaving ? 'Joining…' : 'Create account and join'}
      </Button>
    </form>
  );
}

function Join({ preview, token, session }: Answering & { readonly session: Session }): ReactNode {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const join = useMutation({
    mutationFn: () => callRoute(AUTH_ROUTES.joinByInvitation, { params: { token } }),
    onSuccess: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me);
      announce(`You have joined ${preview.organizationName}.`);
      const before = session.me.organizations.map(({ id }) => id);
      void navigate(joinedPath(me, before), { replace: true });
    },
  });
  const error = join.error === null ? undefined : asApiError(join.error);
  return (
    <>
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
      <p className="text-muted">
        You are signed in as <strong className="break-all font-medium text-text">{session.me.user.email}</strong>.
      </p>
      <Button autoFocus variant="primary" size="lg" disabled={join.isPending} onClick={() => join.mutate()}>
        {join.isPending ? 'Joining…' : `Join ${preview.organizationName}`}
      </Button>
    </>
  );
}

function OtherPerson({ preview, session }: Pick<Answering, 'preview'> & { readonly session: Session }): ReactNode {
  return (
    <>
      <Notice kind="info">
        The invitation is for <strong className="break-all font-medium">{preview.email}</strong>. You are signed in as{' '}
        <strong className="break-all font-medium">{session.me.user.email}</strong>.
      </Notice>
      <Button size="lg" onClick={() => void leaveSession()}>
        Sign out and go on
      </Button>
    </>
  );
}

/** How a person may answer an invitation, whoever is signed in. */
export function InvitationAnswer({ preview, token }: Answering): ReactNode {
  const state = useRestoredSession();
  if (state === undefined) {
    return null;
  }
  if (state.kind === 'open') {
    const { session } = state;
    return session.me.user.email.toLowerCase() === preview.email.toLowerCase() ? (
      <Join preview={preview} token={token} session={session} />
    ) : (
      <OtherPerson preview={preview} session={session} />
    );
  }
  return preview.hasAccount ? (
    <>
      <p className="text-muted">
        <strong className="break-all font-medium text-text">{preview.email}</strong> has an account already.
      </p>
      <Button asChild variant="primary" size="lg">
        <Link to={loginPath(invitationPath(token))}>Sign in to join</Link>
      </Button>
    </>
  ) : (
    <NewAccount preview={preview} token={token} />
  );
}
