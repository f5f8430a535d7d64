import { Name, type OrganizationView, Slug } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { announce } from '../../lib/announcements.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { SaveFooter } from '../../ui/save-footer.tsx';
import { Section } from '../../ui/section.tsx';
import { useUpdateOrganization } from './organization-api.ts';

const FormSchema = z.object({ name: Name, slug: Slug });

/** What the organization is called. */
export function GeneralSection({
  organization: { id, name, slug },
  mayWrite,
}: {
  readonly organization: OrganizationView;
  readonly mayWrite: boolean;
}): ReactNode {
  const update = useUpdateOrganization(id);
  const form = useZodForm({
    schema: FormSchema,
    defaultValues: { name, slug },
    onSave: async (values) => {
      const saved = await update(values);
      form.reset({ name: saved.name, slug: saved.slug });
      announce('The names were saved.');
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <form noValidate onSubmit={form.submit}>
      <Section
        title="Names"
        {...(mayWrite
          ? { footer: <SaveFooter isDirty={isDirty} isSaving={form.isSaving} error={form.saveError} /> }
          : {})}
      >
        <fieldset disabled={!mayWrite} className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
          </Field>
          <Field
            label="Sign-in name"
            hint="What people type to sign in through your identity provider."
            error={errors.slug?.message}
          >
            {(control) => (
              <Input
                {...control}
                {...form.register('slug')}
                className="font-mono text-xs"
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        </fieldset>
      </Section>
    </form>
  );
}
