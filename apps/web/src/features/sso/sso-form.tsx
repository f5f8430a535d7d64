import { type MembershipView, type RoleView, SSO_ROUTES, type SsoView } from '@aegisguard/model';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm, type ZodForm } from '../../lib/use-zod-form.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SaveFooter } from '../../ui/save-footer.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { IssuerTest } from './issuer-test.tsx';
import { RoleMapping, RoleOptions } from './role-mapping.tsx';
import { SsoFields, ssoFields, ssoSettings } from './sso-fields.ts';

/** The key under which the settings are cached. */
export function ssoKey(orgId: string): readonly string[] {
  return ['sso', orgId];
}

type Form = ZodForm<SsoFields, SsoFields>;

function ProviderFields({
  form,
  orgId,
  isNew,
  isOwner,
}: {
  readonly form: Form;
  readonly orgId: string;
  readonly isNew: boolean;
  readonly isOwner: boolean;
}): ReactNode {
  const { errors } = form.formState;
  // It can sign in as everybody, so that it is an owner's choice which one it is.
  const chosen = { readOnly: !isOwner };
  const code = { className: 'font-mono text-xs', autoComplete: 'off', spellCheck: false } as const;
  return (
    <>
      <Field label="Name" hint="As people know it: Entra ID, Okta, Keycloak …" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      {isOwner ? null : (
        <Notice kind="info">
          Only an owner chooses the identity provider, its client and its secret: it can sign in as everybody.
        </Notice>
      )}
      <div className="flex flex-col gap-2">
        <Field
          label="Issuer"
          hint="Its address; what it offers is found at /.well-known/openid-configuration below it."
          error={errors.issuer?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register('issuer')}
              {...code}
              {...chosen}
              type="url"
              placeholder="https://login.example.com"
            />
          )}
        </Field>
        <IssuerTest orgId={orgId} issuer={form.watch('issuer')} groupsClaim={form.watch('groupsClaim')} />
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Client id" error={errors.clientId?.message}>
          {(control) => <Input {...control} {...form.register('clientId')} {...code} {...chosen} />}
        </Field>
        <Field
          label="Client secret"
          hint={isNew ? 'Stored encrypted, and never shown again.' : 'Leave it empty to keep the one that is stored.'}
          error={errors.clientSecret?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register('clientSecret')}
              {...code}
              {...chosen}
              type="password"
              autoComplete="new-password"
            />
          )}
        </Field>
        <Field label="Scopes" hint="With spaces between them." error={errors.scopes?.message}>
          {(control) => <Input {...control} {...form.register('scopes')} {...code} />}
        </Field>
        <Field label="Groups claim" hint="Lists the groups of a person." error={errors.groupsClaim?.message}>
          {(control) => <Input {...control} {...form.register('groupsClaim')} {...code} />}
        </Field>
      </div>
    </>
  );
}

/** Sets up the organization's identity provider, or changes it. */
export function SsoForm({
  orgId,
  view,
  roles,
  giver,
  mayWrite,
}: {
  readonly orgId: string;
  readonly view: SsoView;
  readonly roles: readonly RoleView[];
  readonly giver: MembershipView;
  readonly mayWrite: boolean;
}): ReactNode {
  const client = useQueryClient();
  const isNew = view.provider === null;
  const form = useZodForm({
    schema: SsoFields,
    defaultValues: ssoFields(view.provider),
    onSave: async (fields) => {
      const saved = await callRoute(SSO_ROUTES.putSso, { body: ssoSettings(fields), orgId });
      client.setQueryData(ssoKey(orgId), saved);
      form.reset(ssoFields(saved.provider));
      announce(`Single sign-on with ${fields.name} was saved.`);
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <form noValidate onSubmit={form.submit}>
      <Section
        title="Identity provider"
        description="Any that speaks OpenID Connect. Who comes through it belongs to this organization alone, with the role that their groups give."
        {...(mayWrite
          ? {
              footer: (
                <SaveFooter
                  isDirty={isDirty}
                  isSaving={form.isSaving}
                  error={form.saveError}
                  label={isNew ? 'Set up' : 'Save'}
                />
              ),
            }
          : {})}
      >
        <fieldset disabled={!mayWrite} className="flex min-w-0 flex-col gap-5">
          <Switch label="People can sign in through it" {...form.register('enabled')} />
          <ProviderFields form={form} orgId={orgId} isNew={isNew} isOwner={giver.role === 'owner'} />
          <RoleMapping form={form} roles={roles} giver={giver} />
          <Field
            label="People without a mapped group"
            hint="What they may do, if they may come in at all."
            error={errors.defaultRole?.message}
          >
            {(control) => (
              <Select {...control} {...form.register('defaultRole')} className="sm:w-72">
                <option value="">Refuse them</option>
                <RoleOptions roles={roles} giver={giver} />
              </Select>
            )}
          </Field>
          <Checkbox
            label="Make members of people who come for the first time"
            hint="Without it, only those who were invited or belong to the organization come in."
            {...form.register('provision')}
          />
        </fieldset>
      </Section>
    </form>
  );
}
