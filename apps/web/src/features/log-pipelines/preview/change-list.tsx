import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import type { LogChange } from './log-changes.ts';

const TEXT = 'min-w-0 whitespace-pre-wrap break-words [overflow-wrap:anywhere]';

/** A text that went or came; the sign says which, the colour only repeats it. */
function Side({ isAfter, text }: { readonly isAfter: boolean; readonly text: string }): ReactNode {
  return (
    <span
      className={classNames(
        TEXT,
        'flex gap-1.5 rounded-[3px] px-1.5 py-0.5',
        isAfter ? 'bg-ok-surface text-ok' : 'bg-danger-surface text-danger',
      )}
    >
      <span aria-hidden className="shrink-0 select-none">
        {isAfter ? '+' : '−'}
      </span>
      <span className="sr-only">{isAfter ? 'now ' : 'was '}</span>
      <span className={TEXT}>{text === '' ? <em className="opacity-80">empty</em> : text}</span>
    </span>
  );
}

/** What is different about a log, name by name. */
export function ChangeList({
  label,
  changes,
}: {
  readonly label: string;
  readonly changes: readonly LogChange[];
}): ReactNode {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-[fit-content(8.5rem)_minmax(0,1fr)] gap-x-2 gap-y-1 font-mono text-xs leading-5"
    >
      {changes.map(({ place, name, before, after }) => (
        <div key={`${place} ${name}`} className="contents">
          <dt className="min-w-0 break-words py-0.5 text-muted [overflow-wrap:anywhere]">
            {name}
            {place === 'label' ? <span className="ml-1 font-sans text-subtle">label</span> : null}
          </dt>
          <dd className="flex min-w-0 flex-col gap-0.5">
            {before === undefined ? null : <Side isAfter={false} text={before} />}
            {after === undefined ? null : <Side isAfter text={after} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
