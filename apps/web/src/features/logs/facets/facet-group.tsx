import { ChevronRight, Pin, PinOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { levelBackground } from '../../../charts/render/level-class.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { FacetValue } from '../../../ui/facet-value.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { type Facet, type FacetQuestion, useMoreValues } from './use-facets.ts';

/** Values that are shown before more are asked for. */
const SHOWN_FIRST = 6;

/** The levels that have a colour. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

function markOf(label: string, value: string): string | undefined {
  const level = label === 'level' || label === 'detected_level' ? LEVELS.find((each) => each === value) : undefined;
  return level === undefined ? undefined : levelBackground(level);
}

/** What a group can do. */
export interface FacetActions {
  readonly isOn: (label: string, value: string) => boolean;
  readonly onFilter: (label: string, value: string, exclude: boolean) => void;
  readonly onPin: (label: string) => void;
}

function Values({
  facet,
  search,
  actions,
}: {
  readonly facet: Facet;
  readonly search: string;
  readonly actions: FacetActions;
}): ReactNode {
  const { label, values, isEstimate } = facet;
  const most = Math.max(1, ...values.map(({ count }) => count));
  const wanted = search.trim().toLowerCase();
  const found = values.filter(({ value }) => value.toLowerCase().includes(wanted));
  if (found.length === 0) {
    return (
      <p className="px-2 py-1 text-subtle text-xs">
        {values.length === 0 ? 'No log has this label.' : 'No value is so.'}
      </p>
    );
  }
  return (
    <ul aria-label={`Values of ${label}`}>
      {found.map(({ value, count }) => (
        <FacetValue
          key={value}
          label={label}
          value={value}
          mark={markOf(label, value)}
          count={`${isEstimate ? '≈' : ''}${formatCount(count)}`}
          share={count / most}
          isOn={actions.isOn(label, value)}
          onFilter={(exclude) => actions.onFilter(label, value, exclude)}
        />
      ))}
    </ul>
  );
}

/** A label with its values; more of them, and a search among them, when they are wanted. */
export function FacetGroup({
  question,
  facet,
  isPinned,
  actions,
}: {
  readonly question: FacetQuestion;
  readonly facet: Facet;
  readonly isPinned: boolean;
  readonly actions: FacetActions;
}): ReactNode {
  const { label } = facet;
  const [isOpen, setOpen] = useState(true);
  const [wantsMore, setWantsMore] = useState(false);
  const [search, setSearch] = useState('');
  const more = useMoreValues(question, label, wantsMore && isOpen);
  const shown = wantsMore ? (more ?? facet) : { ...facet, values: facet.values.slice(0, SHOWN_FIRST) };
  const hasMore = facet.hasMore || facet.values.length > SHOWN_FIRST;
  return (
    <section aria-label={label} className="border-line border-b py-1 last:border-0">
      <h3 className="group/head flex h-7 items-center pr-0.5">
        <button
          type="button"
          aria-expanded={isOpen}
          className="flex h-full min-w-0 flex-1 items-center gap-1 rounded pl-0.5 text-left font-medium text-xs hover:bg-hover"
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight
            aria-hidden
            className={classNames('size-3.5 shrink-0 text-subtle transition-transform', isOpen && 'rotate-90')}
          />
          <span className="truncate">{label}</span>
        </button>
        <IconButton
          label={isPinned ? `Unpin ${label}` : `Pin ${label} to the top`}
          size="icon-sm"
          className={classNames(
            !isPinned &&
              'opacity-0 focus-visible:opacity-100 group-focus-within/head:opacity-100 group-hover/head:opacity-100 pointer-coarse:opacity-100',
            isPinned && 'text-accent',
          )}
          onClick={() => actions.onPin(label)}
        >
          {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        </IconButton>
      </h3>
      {isOpen ? (
        <>
          {wantsMore ? (
            <Input
              type="search"
              aria-label={`Search values of ${label}`}
              placeholder="Search values"
              autoComplete="off"
              spellCheck={false}
              className="mx-1 mb-1 h-6 w-[calc(100%-8px)] px-2 text-xs"
              value={search}
              onChange={({ target }) => setSearch(target.value)}
            />
          ) : null}
          <Values facet={shown} search={search} actions={actions} />
          {hasMore ? (
            <Button
              variant="ghost"
              size="sm"
              className="h-6 px-2 text-2xs"
              onClick={() => {
                setWantsMore(!wantsMore);
                setSearch('');
              }}
            >
              {wantsMore ? 'Fewer values' : 'More values'}
            </Button>
          ) : null}
          {wantsMore && more?.hasMore === true ? (
            <p className="px-2 text-2xs text-subtle">The {formatCount(more.values.length)} most frequent.</p>
          ) : null}
        </>
      ) : null}
    </section>
  );
}
