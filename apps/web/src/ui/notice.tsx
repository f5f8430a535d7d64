import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** A short message in the flow of a page; an error is announced at once. */
export function Notice({
  kind,
  className,
  children,
}: {
  readonly kind: 'error' | 'info';
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={classNames(
        'flex gap-2 rounded-md border px-3 py-2 text-sm',
        kind === 'error' ? 'border-danger/40 bg-danger-surface text-text' : 'border-line-strong bg-hover text-text',
        className,
      )}
    >
      <CircleAlert
        aria-hidden
        className={classNames('mt-0.5 size-4 shrink-0', kind === 'error' ? 'text-danger' : 'text-subtle')}
      />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
