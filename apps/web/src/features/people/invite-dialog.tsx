import { EmailInput, type MembershipView, Name, NewPassword, PEOPLE_ROUTES, type RoleView } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../ui/tabs.tsx';
import { RoleChoice } from './role-choice.tsx';

const Invitation = z.object({ email: EmailInput, name: Name, role: z.string().min(1) });
const WithPassword = Invitation.extend({ password: NewPassword });
const FormSchema = z.discriminatedUnion('way', [
  Invitation.extend({ way: z.literal('invite'), password: z.string() }),
  WithPassword.extend({ way: z.literal('password') }),
]);
type FormFields = z.input<typeof FormSchema>;

/** An invitation that was made; its link is shown this once. */
export interface MadeInvitation {
  readonly email: string;
  readonly url: string;
  readonly mailed: boolean;
}

/** Asks for a person and makes them a member, by invitation or at once. */
export function InviteDialog({
  orgId,
  roles,
  giver,
  onAdded,
  onInvited,
  onClose,
}: {
  readonly orgId: string;
  readonly roles: readonly RoleView[];
  readonly giver: MembershipView;
  readonly onAdded: () => void;
  readonly onInvited: (invitation: MadeInvitation) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [way, setWay] = useState<FormFields['way']>('invite');
  const form = useZodForm({
    schema: FormSchema,
    defaultValues: { way: 'invite', email: '', name: '', role: 'viewer', password: '' },
    onSave: async (values) => {
      const { email, name, role, password } = values;
      const body = { email, name, role, ...(values.way === 'password' ? { password } : {}) };
      const answer = await callRoute(PEOPLE_ROUTES.createUser, { body, orgId });
      onAdded();
      if (answer.invitationUrl !== null) {
        onInvited({ email: answer.email, url: answer.invitationUrl, mailed: answer.mailed });
      } else {
        announce(`${answer.name} was added.`);
        onClose();
      }
    },
  });
  const { errors } = form.formState;
  const choose = (next: FormFields['way']): void => {
    setWay(next);
    form.setValue('way', next);
    form.clearErrors();
  };
  return (
    <Dialog
      title="Invite people"
      size="wide"
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {way === 'invite' ? (form.isSaving ? 'Inviting…' : 'Invite') : form.isSaving ? 'Adding…' : 'Add'}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => (
            <Input {...control} {...form.register('email')} type="email" autoComplete="off" data-autofocus="" />
          )}
        </Field>
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
        </Field>
      </div>
      <Tabs value={way} onValueChange={(value) => choose(value === 'password' ? 'password' : 'invite')}>
        <TabsList aria-label="How they come in">
          <TabsTrigger value="invite">With a link</TabsTrigger>
          <TabsTrigger value="password">With a password</TabsTrigger>
        </TabsList>
        <TabsContent value="invite" className="pt-2 text-muted">
          They get a link that is good for seven days and for one use, and choose their own password.
        </TabsContent>
        <TabsContent value="password" className="flex flex-col gap-3 pt-2 text-muted">
          They can sign in at once. Who has an account here already gets an invitation instead: nobody’s password is
          changed.
          <Field label="Password" hint="Tell it to them, and ask them to change it." error={errors.password?.message}>
            {(control) => (
              <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />
            )}
          </Field>
        </TabsContent>
      </Tabs>
      <RoleChoice
        roles={roles}
        giver={giver}
        chosen={form.watch('role')}
        error={errors.role?.message}
        field={form.register('role')}
      />
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
