import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** The grey shape of something that is being loaded; takes the size that the thing will have. */
export function Skeleton({ className }: { readonly className?: string }): ReactNode {
  return <div aria-hidden className={classNames('animate-pulse rounded bg-line', className)} />;
}
