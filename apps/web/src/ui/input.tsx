import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** A line of text to type. */
export function Input({ className, ...props }: ComponentProps<'input'>): ReactNode {
  return (
    <input
      className={classNames(
        'h-8 w-full min-w-0 rounded-md border border-line-input bg-surface px-2.5 text-sm text-text placeholder:text-subtle disabled:opacity-60 aria-invalid:border-danger',
        className,
      )}
      {...props}
    />
  );
}
