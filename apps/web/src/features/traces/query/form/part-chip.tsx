import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { classNames } from '../../../../lib/class-names.ts';
import { Button } from '../../../../ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../../../ui/popover.tsx';
import type { Filter } from '../filter.ts';
import type { FormPart } from '../query-form.ts';
import { FilterForm, type FilterFormSource } from './filter-form.tsx';
import { draftOf } from './make-filter.ts';

const CHIP = 'inline-flex h-6 max-w-full items-center rounded-md border border-line bg-canvas font-mono text-2xs';
const REMOVE =
  'flex h-full w-5 shrink-0 items-center justify-center rounded-r-md text-subtle hover:bg-hover hover:text-text';

function RemoveButton({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }): ReactNode {
  return (
    <button type="button" aria-label={`Remove ${name}`} className={REMOVE} onClick={onRemove}>
      <X aria-hidden className="size-3" />
    </button>
  );
}

function ChipWords({
  label,
  filter,
  shown,
}: {
  readonly label: string;
  readonly filter: Filter;
  readonly shown: string;
}) {
  const isNil = filter.value === 'nil';
  const isNegative = filter.op.startsWith('!') !== isNil;
  return (
    <>
      <span className="truncate text-syntax-label">{label}</span>
      <span className={isNegative ? 'text-danger' : 'text-syntax-operator'}>
        {isNil ? (filter.op === '=' ? 'does not exist' : 'exists') : filter.op}
      </span>
      {isNil ? null : (
        <span className="min-w-0 truncate text-text">
          {shown === '' ? <span className="text-subtle">empty</span> : shown}
        </span>
      )}
    </>
  );
}

/** One condition of the query; a click opens it. One that the form does not know can only be taken out. */
export function PartChip({
  label,
  part,
  isFieldFixed,
  source,
  onReplace,
  onRemove,
}: {
  /** What the field is called here. */
  readonly label: string | undefined;
  readonly part: FormPart;
  readonly isFieldFixed: boolean;
  readonly source: FilterFormSource;
  readonly onReplace: (filter: Filter) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { filter, shown = '', text } = part;
  if (filter === undefined) {
    return (
      <span className={CHIP} title={`${text}\nOnly the text can say this.`}>
        <span className="min-w-0 truncate pl-2 text-syntax-keyword">{text}</span>
        <RemoveButton name={text} onRemove={onRemove} />
      </span>
    );
  }
  const name = `${label ?? filter.field} ${filter.op} ${shown}`;
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <span className={classNames(CHIP, filter.op.startsWith('!') && filter.value !== 'nil' && 'border-danger/50')}>
        <PopoverTrigger asChild>
          <button
            type="button"
            title={text}
            className="flex h-full min-w-0 items-center gap-1 rounded-l-md pl-2 hover:bg-hover"
            onKeyDown={({ key }) => {
              if (key === 'Delete' || key === 'Backspace') {
                onRemove();
              }
            }}
          >
            <ChipWords label={label ?? filter.field} filter={filter} shown={shown} />
          </button>
        </PopoverTrigger>
        <RemoveButton name={name} onRemove={onRemove} />
      </span>
      <PopoverContent align="start" aria-label="Filter" className="w-[min(22rem,calc(100vw-16px))] p-3">
        <FilterForm
          draft={draftOf(filter, shown)}
          type={part.isText === true ? 'string' : undefined}
          isFieldFixed={isFieldFixed}
          source={source}
          submitLabel="Apply"
          onSubmit={(changed) => {
            setOpen(false);
            onReplace(changed);
          }}
        >
          <Button size="sm" onClick={onRemove}>
            Remove
          </Button>
        </FilterForm>
      </PopoverContent>
    </Popover>
  );
}
