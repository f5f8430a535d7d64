import { Check, ChevronDown, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/input.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../../ui/popover.tsx';
import type { ResolvedVariable } from './resolved-variable.ts';
import { ALL } from './variable-scope.ts';

/** Values that the list shows at a time; the search finds the others. */
const LISTED_MAX = 200;

function Option({
  label,
  isChosen,
  isMulti,
  onChoose,
}: {
  readonly label: string;
  readonly isChosen: boolean;
  readonly isMulti: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        className="flex w-full items-center gap-2 rounded px-2 py-1.5 text-left text-sm hover:bg-hover"
        onClick={onChoose}
      >
        <span
          aria-hidden
          className={classNames(
            'flex size-4 shrink-0 items-center justify-center border border-line-input',
            isMulti ? 'rounded' : 'rounded-full',
            isChosen && 'border-accent bg-accent text-on-accent',
          )}
        >
          {isChosen ? <Check className="size-3" /> : null}
        </span>
        <span className="min-w-0 break-words">{label}</span>
      </button>
    </li>
  );
}

/** Which values a variable stands for: one, several or All, found by typing. */
export function VariableChoice({
  resolved: { variable, offered, value, problem },
  onChange,
}: {
  readonly resolved: ResolvedVariable;
  readonly onChange: (values: readonly string[]) => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const listId = useId();
  const { isMulti, hasAll, label, name } = variable;
  const title = label === '' ? name : label;
  const words = value.isAll ? 'All' : value.values.join(' + ');
  const found = offered.filter((each) => each.toLowerCase().includes(search.toLowerCase()));
  const chosen = value.isAll ? [] : value.values;
  const toggle = (each: string): void => {
    if (!isMulti) {
      setOpen(false);
      onChange([each]);
      return;
    }
    const next = chosen.includes(each) ? chosen.filter((other) => other !== each) : [...chosen, each];
    onChange(next.length === 0 && hasAll ? [ALL] : next);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setSearch('');
        setOpen(open);
      }}
    >
      <PopoverTrigger asChild>
        <Button
          aria-label={`${title}: ${words === '' ? 'nothing' : words}`}
          title={problem}
          className="max-w-72 rounded-l-none font-normal"
        >
          {problem === undefined ? null : <TriangleAlert aria-hidden className="text-warn" />}
          <span className="truncate">{words === '' ? '—' : words}</span>
          <ChevronDown aria-hidden className="text-subtle" />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label={title} className="flex w-72 flex-col p-1">
        <Input
          type="search"
          aria-label={`Search ${title}`}
          aria-controls={listId}
          placeholder="Search"
          autoComplete="off"
          className="mb-1"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first !== undefined) {
              toggle(first);
            }
          }}
        />
        {problem === undefined ? null : <p className="px-2 py-1 text-warn text-xs">{problem}</p>}
        <ul id={listId} className="scrollbar-slim max-h-72 overflow-y-auto">
          {hasAll && search === '' ? (
            <Option
              label="All"
              isChosen={value.isAll}
              isMulti={isMulti}
              onChoose={() => {
                setOpen(isMulti);
                onChange([ALL]);
              }}
            />
          ) : null}
          {found.slice(0, LISTED_MAX).map((each) => (
            <Option
              key={each}
              label={each}
              isChosen={chosen.includes(each)}
              isMulti={isMulti}
              onChoose={() => toggle(each)}
            />
          ))}
        </ul>
        {found.length === 0 ? <p className="px-2 py-1.5 text-muted">No values</p> : null}
        {found.length > LISTED_MAX ? (
          <p className="px-2 py-1.5 text-subtle text-xs">{found.length - LISTED_MAX} more: search for them.</p>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}
