import type { ReactNode } from 'react';
import type { ApiError } from '../lib/api-error.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Below a form in a section: what went wrong and belongs to no field, and the button that saves it. */
export function SaveFooter({
  isDirty,
  isSaving,
  error,
  label = 'Save',
  children,
}: {
  /** Something was changed. */
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly error: ApiError | undefined;
  readonly label?: string;
  /** Other buttons, before it. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <>
      {error === undefined ? null : (
        <Notice kind="error" className="mr-auto min-w-0 flex-1">
          {error.title}. {error.detail}
        </Notice>
      )}
      {children}
      <Button type="submit" variant="primary" disabled={!isDirty || isSaving}>
        {isSaving ? 'Saving…' : label}
      </Button>
    </>
  );
}
