import { MfaProofRequest } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { provenBy } from '../../lib/proven-by.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { SaveProblem } from './save-problem.tsx';

/** Asks for a code before something is done that a stolen session must not suffice for. */
export function ProofDialog({
  title,
  description,
  action,
  isDanger = false,
  onProof,
  onClose,
}: {
  readonly title: string;
  readonly description: ReactNode;
  readonly action: { readonly label: string; readonly pendingLabel: string };
  readonly isDanger?: boolean;
  /** Does it; the dialog closes when it is done. */
  readonly onProof: (code: string) => Promise<void>;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm({
    schema: MfaProofRequest,
    defaultValues: { code: '' },
    onSave: ({ code }) =>
      provenBy('code', 'This code is wrong, or was used before. Take the next one.', async () => {
        await onProof(code);
        onClose();
      }),
  });
  return (
    <Dialog
      title={title}
      description={description}
      onSubmit={form.submit}
      onClose={form.isSaving ? () => undefined : onClose}
      footer={
        <>
          <Button disabled={form.isSaving} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant={isDanger ? 'danger' : 'primary'} disabled={form.isSaving}>
            {form.isSaving ? action.pendingLabel : action.label}
          </Button>
        </>
      }
    >
      <SaveProblem error={form.saveError} />
      <Field
        label="Code"
        hint="Of your authenticator application, or a recovery code."
        error={form.formState.errors.code?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('code')}
            data-autofocus=""
            autoComplete="one-time-code"
            spellCheck={false}
            className="h-9 font-mono tracking-widest"
          />
        )}
      </Field>
    </Dialog>
  );
}
