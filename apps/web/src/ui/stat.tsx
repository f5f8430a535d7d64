import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { classNames } from '../lib/class-names.ts';

/** One figure with what it counts; with `to`, a link to where it comes from. Stands in a `<dl>`. */
export function Stat({
  label,
  value,
  hint,
  tone = 'neutral',
  to,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  readonly tone?: 'neutral' | 'ok' | 'warn' | 'danger';
  readonly to?: string;
}): ReactNode {
  return (
    <div className="relative flex min-w-0 flex-col gap-0.5 rounded-lg border border-line bg-surface px-4 py-3 has-[a:hover]:border-line-input">
      <dt className="text-muted text-xs">
        {to === undefined ? (
          label
        ) : (
          // The whole tile can be clicked, and only its label is read as the link.
          <Link to={to} className="rounded after:absolute after:inset-0 hover:text-text">
            {label}
          </Link>
        )}
      </dt>
      <dd
        className={classNames(
          'truncate font-semibold text-lg tabular-nums',
          { neutral: 'text-text', ok: 'text-ok', warn: 'text-warn', danger: 'text-danger' }[tone],
        )}
      >
        {value}
      </dd>
      {hint === undefined ? null : <dd className="text-subtle text-xs">{hint}</dd>}
    </div>
  );
}
