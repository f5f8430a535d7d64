import { type ReactNode, useEffect } from 'react';
import { z } from 'zod';
import { ssoStartPath } from '../../app/paths.ts';
import { readStored, writeStored } from '../../lib/stored-value.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';

const KEY = 'aegis.sign-in-name';
const SsoFields = z.object({ slug: z.string().trim().toLowerCase().min(1, 'Enter your organization’s sign-in name.') });

/** Asks whose identity provider it is, and goes there. */
export function SsoForm({ next, onBack }: { readonly next: string; readonly onBack: () => void }): ReactNode {
  const form = useZodForm({
    schema: SsoFields,
    defaultValues: { slug: readStored(KEY, z.string(), '') },
    onSave: async ({ slug }) => {
      writeStored(KEY, slug);
      location.assign(ssoStartPath(slug, next));
    },
  });
  const { setFocus } = form;
  useEffect(() => {
    setFocus('slug');
  }, [setFocus]);
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <Field
        label="Sign-in name"
        hint="The short name of your organization, e.g. acme. Whoever set up single sign-on knows it."
        error={form.formState.errors.slug?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('slug')}
            autoComplete="organization"
            autoCapitalize="off"
            spellCheck={false}
            className="h-9"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg">
        Continue
      </Button>
      <Button variant="ghost" size="lg" onClick={onBack}>
        Sign in another way
      </Button>
    </form>
  );
}
