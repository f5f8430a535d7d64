import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { classNames } from '../../../../lib/class-names.ts';
import { Button } from '../../../../ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../../../ui/popover.tsx';
import { cutText } from '../../table/row-text.ts';
import { type NewPart, negated } from '../edit-parts.ts';
import type { QueryPart } from '../query-parts.ts';
import { PartForm, type PartFormSource } from './part-form.tsx';

/** Characters of a part that its chip shows. */
const CHARACTERS_MAX = 60;

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

/** A part as people read it aloud. */
function nameOf(part: QueryPart): string {
  if (part.kind === 'stage') {
    return cutText(part.text, CHARACTERS_MAX);
  }
  return cutText(`${part.kind === 'line' ? 'line' : part.name} ${part.op} ${part.value}`, CHARACTERS_MAX);
}

/** One part of the query; a click opens it. A stage that is no filter can only be taken out. */
export function QueryChip({
  part,
  source,
  onReplace,
  onRemove,
}: {
  readonly part: QueryPart;
  readonly source: PartFormSource;
  readonly onReplace: (part: NewPart) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const name = nameOf(part);
  if (part.kind === 'stage') {
    return (
      <span className={CHIP} title={part.text}>
        <span className="min-w-0 truncate pl-2 text-syntax-keyword">{name}</span>
        <RemoveButton name={name} onRemove={onRemove} />
      </span>
    );
  }
  const isNegative = part.op.startsWith('!');
  const close = (): void => setOpen(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <span className={classNames(CHIP, isNegative && 'border-danger/50')}>
        <PopoverTrigger asChild>
          <button
            type="button"
            title={part.value}
            className="flex h-full min-w-0 items-center gap-1 rounded-l-md pl-2 hover:bg-hover"
            onKeyDown={({ key }) => {
              if (key === 'Delete' || key === 'Backspace') {
                onRemove();
              }
            }}
          >
            <span className="truncate text-syntax-label">{part.kind === 'line' ? 'line' : part.name}</span>
            <span className={isNegative ? 'text-danger' : 'text-syntax-operator'}>{part.op}</span>
            <span className="min-w-0 truncate text-text">
              {part.value === '' ? <span className="text-subtle">empty</span> : cutText(part.value, CHARACTERS_MAX)}
            </span>
          </button>
        </PopoverTrigger>
        <RemoveButton name={name} onRemove={onRemove} />
      </span>
      <PopoverContent align="start" aria-label="Filter" className="w-[min(22rem,calc(100vw-16px))] p-3">
        <PartForm
          part={part}
          source={source}
          submitLabel="Apply"
          onSubmit={(changed) => {
            close();
            onReplace(changed);
          }}
        >
          <Button
            size="sm"
            onClick={() => {
              close();
              const { start: _start, end: _end, ...plain } = part;
              onReplace(negated<NewPart>(plain));
            }}
          >
            Negate
          </Button>
          <Button size="sm" onClick={onRemove}>
            Remove
          </Button>
        </PartForm>
      </PopoverContent>
    </Popover>
  );
}
