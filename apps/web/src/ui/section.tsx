import { type ReactNode, useId } from 'react';
import { classNames } from '../lib/class-names.ts';

/** A part of a page in a frame: what it is, its content, and below what can be done with all of it. */
export function Section({
  title,
  description,
  actions,
  footer,
  tone = 'neutral',
  className,
  children,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  /** `danger` for what cannot be undone. */
  readonly tone?: 'neutral' | 'danger';
  /** Of the content; without padding, e.g. for a table, by `p-0`. */
  readonly className?: string;
  readonly children?: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={classNames('rounded-lg border bg-surface', tone === 'danger' ? 'border-danger/50' : 'border-line')}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5 pb-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className={classNames('font-semibold text-base', tone === 'danger' && 'text-danger')}>
            {title}
          </h2>
          {description === undefined ? null : <div className="mt-0.5 max-w-prose text-muted">{description}</div>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children === undefined ? null : (
        <div className={classNames('border-line border-t p-4', className)}>{children}</div>
      )}
      {footer === undefined ? null : (
        <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-lg border-line border-t bg-canvas px-4 py-2.5">
          {footer}
        </footer>
      )}
    </section>
  );
}
