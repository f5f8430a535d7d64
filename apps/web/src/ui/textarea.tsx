import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** Lines of text to type; grows with them where the browser can. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>): ReactNode {
  return (
    <textarea
      rows={3}
      className={classNames(
        'scrollbar-slim field-sizing-content max-h-96 min-h-16 w-full min-w-0 resize-y rounded-md border border-line-input bg-surface px-2.5 py-1.5 text-sm text-text placeholder:text-subtle disabled:opacity-60 aria-invalid:border-danger',
        className,
      )}
      {...props}
    />
  );
}
