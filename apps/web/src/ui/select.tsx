import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** One of a few: the browser's own list, which every keyboard and screen reader knows. */
export function Select({ className, ...props }: ComponentProps<'select'>): ReactNode {
  return (
    <select
      className={classNames(
        'h-8 min-w-0 rounded-md border border-line-input bg-surface px-2 text-sm text-text disabled:opacity-60 aria-invalid:border-danger',
        className,
      )}
      {...props}
    />
  );
}
