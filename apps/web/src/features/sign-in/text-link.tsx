import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import { classNames } from '../../lib/class-names.ts';

/** A link in a sentence. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>): ReactNode {
  return (
    <Link
      className={classNames('rounded-sm font-medium text-accent underline-offset-4 hover:underline', className)}
      {...props}
    />
  );
}
