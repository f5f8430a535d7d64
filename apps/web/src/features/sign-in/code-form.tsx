import { type ComponentProps, type ReactNode, useEffect } from 'react';
import { z } from 'zod';
import { provenBy } from '../../lib/proven-by.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { LoginProblem } from './login-problem.tsx';

/** The kinds of codes that a person can type. */
export type CodeKind = 'totp' | 'recovery-code';

const CodeFields = z.object({ code: z.string().trim().min(6, 'Enter the code.').max(64) });

const KINDS: Readonly<
  Record<CodeKind, { readonly label: string; readonly hint: string; readonly input: ComponentProps<'input'> }>
> = {
  totp: {
    label: 'One-time code',
    hint: 'The six digits that your authenticator application shows now.',
    input: { autoComplete: 'one-time-code', inputMode: 'numeric', maxLength: 10 },
  },
  'recovery-code': {
    label: 'Recovery code',
    hint: 'One of those that you kept when you set up the second factor. Each works once.',
    input: { autoComplete: 'off', autoCapitalize: 'off', maxLength: 64 },
  },
};

/** A code as the second step of a login. */
export function CodeForm({
  kind,
  onCode,
}: {
  readonly kind: CodeKind;
  readonly onCode: (code: string) => Promise<void>;
}): ReactNode {
  const form = useZodForm({
    schema: CodeFields,
    defaultValues: { code: '' },
    onSave: ({ code }) =>
      provenBy('code', 'This code is wrong, or was used before. Take the next one.', () => onCode(code)),
  });
  const { setFocus, saveError } = form;
  useEffect(() => {
    setFocus('code');
  }, [setFocus]);
  const { label, hint, input } = KINDS[kind];
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      {saveError === undefined ? null : <LoginProblem error={saveError} onOver={form.forgetSaveError} />}
      <Field label={label} hint={hint} error={form.formState.errors.code?.message}>
        {(control) => (
          <Input
            {...control}
            {...input}
            {...form.register('code')}
            spellCheck={false}
            className="h-10 font-mono text-base tracking-widest"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" disabled={form.isSaving}>
        {form.isSaving ? 'Checking…' : 'Continue'}
      </Button>
    </form>
  );
}
