import { type ReactNode, useId } from 'react';
import { formatCount } from '../../lib/number-format.ts';

/** One of the most frequent. */
export interface TopItem {
  readonly value: string;
  /** What it is called; its value where nobody has a name for it. */
  readonly name?: string | undefined;
  readonly count: number;
  readonly isChosen: boolean;
}

/** The most frequent of a kind, with how much of the whole each is; a click filters. */
export function TopList({
  title,
  items,
  onChoose,
}: {
  readonly title: string;
  readonly items: readonly TopItem[];
  readonly onChoose: (item: TopItem) => void;
}): ReactNode {
  const id = useId();
  const most = items.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <section aria-labelledby={id} className="min-w-0 flex-1">
      <h3 id={id} className="px-2 pb-1 text-subtle text-xs">
        {title}
      </h3>
      {items.length === 0 ? <p className="px-2 text-subtle">–</p> : null}
      <ul>
        {items.map((item) => (
          <li key={item.value}>
            <button
              type="button"
              aria-pressed={item.isChosen}
              title={item.value}
              className="relative flex h-7 w-full items-center gap-2 overflow-hidden rounded px-2 text-left hover:bg-hover aria-pressed:bg-selected"
              onClick={() => onChoose(item)}
            >
              <span className="min-w-0 flex-1 truncate">{item.name ?? item.value}</span>
              <span className="text-muted text-xs tabular-nums">{formatCount(item.count)}</span>
              <span
                aria-hidden
                className="absolute bottom-0.5 left-2 h-0.5 rounded-full bg-accent opacity-60"
                style={{ width: `calc(${(100 * item.count) / most}% - 16px)` }}
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
