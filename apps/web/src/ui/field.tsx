import { type ReactNode, useId } from 'react';
import { classNames } from '../lib/class-names.ts';

/** What a field's control must carry so that its label, hint and error belong to it. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

/** A labelled control with its hint, and its error beside it. */
export function Field({
  label,
  hint,
  error,
  className,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
}): ReactNode {
  const id = useId();
  const note = error ?? hint;
  const noteId = `${id}-note`;
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium text-text text-xs">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': note === undefined ? undefined : noteId,
      })}
      {note === undefined ? null : (
        <p id={noteId} className={classNames('text-xs', error === undefined ? 'text-subtle' : 'text-danger')}>
          {note}
        </p>
      )}
    </div>
  );
}
