import { AUTH_ROUTES, type MeAnswer, ProfileRequest } from '@aegisguard/model';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery, useMe } from '../../app/use-me.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Section } from '../../ui/section.tsx';
import { ForeignSessionNotice } from './foreign-session.tsx';
import { SaveProblem } from './save-problem.tsx';

function ProfileForm({ me }: { readonly me: MeAnswer }): ReactNode {
  const queryClient = useQueryClient();
  const isForeign = me.session.onlyOrganization !== null;
  const form = useZodForm({
    schema: ProfileRequest,
    defaultValues: { name: me.user.name },
    onSave: async (body) => {
      const changed = await callRoute(AUTH_ROUTES.updateMe, { body });
      queryClient.setQueryData(meQuery.queryKey, changed);
      form.reset({ name: changed.user.name });
      announce('Your name is changed.');
    },
  });
  const { isDirty, errors } = form.formState;
  return (
    <form noValidate onSubmit={form.submit}>
      <Section
        title="Profile"
        description="How others see you, in every organization."
        footer={
          isForeign ? null : (
            <Button type="submit" variant="primary" disabled={!isDirty || form.isSaving}>
              {form.isSaving ? 'Saving…' : 'Save'}
            </Button>
          )
        }
      >
        <div className="flex max-w-md flex-col gap-4">
          <SaveProblem error={form.saveError} />
          <Field label="Name" error={errors.name?.message}>
            {(control) => (
              <Input {...control} {...form.register('name')} readOnly={isForeign} autoComplete="name" className="h-9" />
            )}
          </Field>
          <Field label="E-mail" hint="It is how you sign in, and cannot be changed.">
            {(control) => <Input {...control} readOnly value={me.user.email} className="h-9 bg-canvas text-muted" />}
          </Field>
        </div>
      </Section>
    </form>
  );
}

/** Who one is, and where one belongs. */
export function ProfilePage(): ReactNode {
  const { data: me, error, refetch } = useMe();
  if (me === undefined) {
    return error === null ? null : <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />;
  }
  return (
    <>
      {me.session.onlyOrganization === null ? null : <ForeignSessionNotice />}
      <ProfileForm key={me.user.id} me={me} />
      <Section title="Organizations" description="Where you are a member." className="p-0">
        <ul>
          {me.organizations.map(({ id, name, roleName }) => (
            <li key={id} className="flex items-center gap-3 border-line border-b px-4 py-2.5 last:border-b-0">
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <Badge>{roleName}</Badge>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
