import { CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** One thing to do, done or not, with the way to it. Stands in an `<ol>`. */
export function ChecklistItem({
  title,
  isDone,
  action,
  children,
}: {
  readonly title: string;
  readonly isDone: boolean;
  /** How to do it; gone when it is done. */
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-3 last:border-b-0">
      <Icon aria-hidden className={classNames('size-5 shrink-0', isDone ? 'text-ok' : 'text-subtle')} />
      <div className="min-w-0 flex-1 basis-48">
        <h3 className={classNames('font-medium', isDone && 'text-muted')}>
          {title}
          <span className="sr-only">{isDone ? ' (done)' : ' (to do)'}</span>
        </h3>
        {children === undefined ? null : <div className="text-muted text-xs">{children}</div>}
      </div>
      {isDone ? null : action}
    </li>
  );
}
