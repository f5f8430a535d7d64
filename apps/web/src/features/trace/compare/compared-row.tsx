import { ChevronRight, Equal, type LucideIcon, Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { spanName } from '../span-name.ts';
import { type ComparedNode, isChanged } from './comparison-tree.ts';

/** Height of a row, which has a line for each of the two. */
export const COMPARED_ROW_PX = 40;

const STEP_PX = 14;
const INDENT_MAX_PX = 220;

const SIGNS: Readonly<
  Record<ComparedNode['change'], { readonly icon: LucideIcon; readonly words: string; readonly look: string }>
> = {
  added: { icon: Plus, words: 'Only in the second', look: 'text-ok' },
  removed: { icon: Minus, words: 'Only in the first', look: 'text-danger' },
  more: { icon: Plus, words: 'More often in the second', look: 'text-ok' },
  fewer: { icon: Minus, words: 'Less often in the second', look: 'text-danger' },
  same: { icon: Equal, words: 'In both', look: 'text-subtle' },
};

const LOOK: Readonly<Record<ComparedNode['change'], string>> = {
  added: 'bg-ok-surface',
  removed: 'bg-danger-surface',
  more: '',
  fewer: '',
  same: '',
};

function Bar({
  ms,
  mostMs,
  color,
  count,
}: {
  readonly ms: number;
  readonly mostMs: number;
  readonly color: string;
  readonly count: number;
}): ReactNode {
  return (
    <span className="flex h-4 items-center gap-2">
      <span className="h-2 min-w-0 flex-1">
        <span
          className={classNames('block h-full min-w-0.5 rounded-[2px]', count === 0 ? 'bg-transparent' : color)}
          style={{ width: `${mostMs > 0 ? (ms / mostMs) * 100 : 0}%` }}
        />
      </span>
      <span className="w-28 shrink-0 text-right text-2xs tabular-nums max-md:w-24">
        {count === 0 ? (
          <span className="text-subtle">–</span>
        ) : (
          <>
            {count > 1 ? <span className="text-subtle">{formatCount(count)}× </span> : null}
            {nanosWords(ms * 1e6)}
          </>
        )}
      </span>
    </span>
  );
}

function Difference({ node, leastMs }: { readonly node: ComparedNode; readonly leastMs: number }): ReactNode {
  const { before, after, change } = node;
  if (change === 'added' || change === 'removed') {
    return <span className="text-subtle">{change}</span>;
  }
  const by = after.durationMs - before.durationMs;
  if (!isChanged(node, leastMs) || by === 0) {
    return <span className="text-subtle">≈</span>;
  }
  const share =
    before.durationMs > 0 ? ` ${by > 0 ? '+' : '−'}${Math.round((Math.abs(by) / before.durationMs) * 100)}%` : '';
  return (
    <span className={by > 0 ? 'font-medium text-warn' : 'font-medium text-ok'}>
      {by > 0 ? '+' : '−'}
      {nanosWords(Math.abs(by) * 1e6)}
      <span className="block text-2xs">{share}</span>
    </span>
  );
}

/** One place of two compared traces: what is there, how often and how long in each. */
export function ComparedRow({
  node,
  index,
  top,
  mostMs,
  leastMs,
  isOpen,
  hasChildren,
  onToggle,
}: {
  readonly node: ComparedNode;
  readonly index: number;
  readonly top: number;
  /** The longest duration, for the scale of the bars. */
  readonly mostMs: number;
  /** Durations that differ by less are equal. */
  readonly leastMs: number;
  readonly isOpen: boolean;
  readonly hasChildren: boolean;
  readonly onToggle: (index: number) => void;
}): ReactNode {
  const { icon: Icon, words, look } = SIGNS[node.change];
  const name = spanName(node.name);
  const errors = node.after.errorCount - node.before.errorCount;
  return (
    <tr
      className={classNames(
        'absolute top-0 left-0 grid w-full grid-cols-[inherit] items-center gap-x-3 border-line/60 border-b px-3 align-top hover:bg-hover',
        LOOK[node.change],
      )}
      style={{ transform: `translateY(${top}px)`, height: COMPARED_ROW_PX }}
    >
      <td
        className="flex min-w-0 items-center gap-1.5 p-0 align-top"
        style={{ paddingLeft: Math.min(INDENT_MAX_PX, node.depth * STEP_PX) }}
      >
        {hasChildren ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={`${name}: what is below`}
            className="flex size-5 shrink-0 items-center justify-center rounded text-subtle hover:bg-line hover:text-text"
            onClick={() => onToggle(index)}
          >
            <ChevronRight aria-hidden className={classNames('size-3.5', isOpen && 'rotate-90')} />
          </button>
        ) : (
          <span className="w-5 shrink-0" />
        )}
        <span title={words} className={classNames('shrink-0', look)}>
          <Icon aria-hidden className="size-3.5" />
          <span className="sr-only">{words}</span>
        </span>
        <span className="min-w-0">
          <span className="block truncate font-medium" title={name}>
            {name}
          </span>
          <span className="block truncate text-2xs text-subtle">
            {spanName(node.service)}
            {errors === 0 ? null : (
              <span className={errors > 0 ? 'pl-2 text-danger' : 'pl-2 text-ok'}>
                {errors > 0 ? `${errors} more failed` : `${-errors} fewer failed`}
              </span>
            )}
          </span>
        </span>
      </td>
      <td className="block min-w-0 p-0 align-top">
        <Bar ms={node.before.durationMs} count={node.before.count} mostMs={mostMs} color="bg-series-8" />
        <Bar ms={node.after.durationMs} count={node.after.count} mostMs={mostMs} color="bg-series-1" />
      </td>
      <td className="block min-w-0 p-0 text-right align-top tabular-nums">
        <Difference node={node} leastMs={leastMs} />
      </td>
    </tr>
  );
}
