import { type ReactNode, useState } from 'react';
import type { ApiError } from '../lib/api-error.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';
import { Notice } from './notice.tsx';

/** Asks before something is destroyed, and says exactly what. Where much would be lost, the name must be typed. */
export function ConfirmDialog({
  title,
  children,
  action,
  typedName,
  isPending,
  error,
  onConfirm,
  onClose,
}: {
  /** A question that names the thing: `Revoke the key “checkout”?` */
  readonly title: string;
  /** What will be gone, and what goes on working. */
  readonly children: ReactNode;
  /** The verb of the button, and what it says while it is being done. */
  readonly action: { readonly label: string; readonly pendingLabel: string };
  /** Must be typed first. */
  readonly typedName?: string;
  readonly isPending: boolean;
  readonly error: ApiError | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const isTyped = typedName === undefined || typed.trim() === typedName;
  return (
    <Dialog
      isAlert
      title={title}
      description={children}
      // What is being done cannot be taken back by closing the question.
      onClose={isPending ? () => undefined : onClose}
      onSubmit={() => {
        if (isTyped && !isPending) {
          onConfirm();
        }
      }}
      footer={
        <>
          <Button data-autofocus={typedName === undefined ? '' : undefined} disabled={isPending} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="danger" disabled={!isTyped || isPending}>
            {isPending ? action.pendingLabel : action.label}
          </Button>
        </>
      }
    >
      {typedName === undefined ? null : (
        <Field label={`Type “${typedName}” to confirm`}>
          {(control) => (
            <Input
              {...control}
              data-autofocus=""
              value={typed}
              autoComplete="off"
              spellCheck={false}
              disabled={isPending}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
    </Dialog>
  );
}
