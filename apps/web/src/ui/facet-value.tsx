import { Check, CircleMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './icon-button.tsx';

/** One value of a label: a click filters for it, or no more; Alt-click or its button filters it out. */
export function FacetValue({
  label,
  value,
  mark,
  count,
  share,
  isOn,
  onFilter,
}: {
  readonly label: string;
  readonly value: string;
  /** The class name of its own colour's background, if it has one. */
  readonly mark?: string | undefined;
  /** As it is shown. */
  readonly count: string;
  /** Of the label's most frequent value, 0 to 1. */
  readonly share: number;
  readonly isOn: boolean;
  readonly onFilter: (exclude: boolean) => void;
}): ReactNode {
  return (
    <li className="group/value relative flex h-6 items-center rounded hover:bg-hover">
      <button
        type="button"
        aria-pressed={isOn}
        title={`${value}\nClick to filter, Alt-click to exclude`}
        className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded pr-2 pl-2 text-left text-xs"
        onClick={(event) => onFilter(event.altKey)}
      >
        {isOn ? <Check aria-hidden className="size-3 shrink-0 text-accent" /> : null}
        {mark === undefined || isOn ? null : (
          <span aria-hidden className={classNames('size-2 shrink-0 rounded-[2px]', mark)} />
        )}
        <span className={classNames('min-w-0 flex-1 truncate', isOn && 'font-medium')}>
          {value === '' ? <span className="text-subtle italic">none</span> : value}
        </span>
        <span className="shrink-0 text-subtle tabular-nums group-focus-within/value:invisible group-hover/value:invisible pointer-coarse:visible! pointer-coarse:pr-6">
          {count}
        </span>
      </button>
      <IconButton
        label={`Exclude ${label} ${value}`}
        size="icon-sm"
        className="absolute right-0.5 opacity-0 focus-visible:opacity-100 group-focus-within/value:opacity-100 group-hover/value:opacity-100 pointer-coarse:opacity-100"
        onClick={() => onFilter(true)}
      >
        <CircleMinus aria-hidden />
      </IconButton>
      <span
        aria-hidden
        className={classNames(
          'pointer-events-none absolute bottom-0 left-2 h-[2px] max-w-[calc(100%-16px)] rounded-full opacity-70',
          mark ?? 'bg-accent',
        )}
        style={{ width: `calc((100% - 16px) * ${share.toFixed(4)})` }}
      />
    </li>
  );
}
