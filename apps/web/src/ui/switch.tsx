import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** On or off, with its label beside it: a checkbox that looks as what it does. */
export function Switch({
  label,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'type'> & { readonly label: ReactNode }): ReactNode {
  return (
    <label className={classNames('inline-flex cursor-pointer items-center gap-2 text-sm', className)}>
      <input
        type="checkbox"
        className="relative h-4 w-7 shrink-0 cursor-pointer appearance-none rounded-full border border-line-input bg-surface outline-offset-2 transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-2.5 before:rounded-full before:bg-subtle before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-3 checked:before:bg-on-accent disabled:cursor-not-allowed disabled:opacity-60"
        {...props}
      />
      {label}
    </label>
  );
}
