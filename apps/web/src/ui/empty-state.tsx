import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is said where there is nothing yet, and the way to the first one. */
export function EmptyState({
  icon: Icon,
  title,
  action,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      <Icon aria-hidden className="size-6 text-subtle" />
      <h2 className="font-semibold text-base">{title}</h2>
      {children === undefined ? null : <div className="text-muted">{children}</div>}
      {action === undefined ? null : <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
