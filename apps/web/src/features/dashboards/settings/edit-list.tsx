import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

/** The list with the item at one place moved to another. */
function movedItem<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from];
  return item === undefined ? items : items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Things that are edited one at a time: their names in order, and the fields of the one that is open. */
export function EditList<T>({
  items,
  what,
  nameOf,
  blank,
  fields,
  hint,
  onChange,
}: {
  readonly items: readonly T[];
  /** What one is called: `variable`. */
  readonly what: string;
  readonly nameOf: (item: T) => string;
  readonly blank: () => T;
  readonly fields: (item: T, change: (part: Partial<T>) => void) => ReactNode;
  /** What is said while there are none. */
  readonly hint: string;
  readonly onChange: (items: readonly T[]) => void;
}): ReactNode {
  const [open, setOpen] = useState<number>();
  return (
    <div className="flex flex-col gap-2">
      {items.length === 0 ? <p className="text-muted">{hint}</p> : null}
      <ul className="flex flex-col gap-2">
        {items.map((item, index) => {
          const isOpen = open === index;
          const name = nameOf(item);
          return (
            // The place is what one is known by: its name is being edited.
            <li key={String(index)} className="rounded-md border border-line">
              <div className="flex items-center gap-1 p-1">
                <Button
                  variant="ghost"
                  aria-expanded={isOpen}
                  className="min-w-0 flex-1 justify-start font-mono text-text"
                  onClick={() => setOpen(isOpen ? undefined : index)}
                >
                  <span className="truncate">{name === '' ? `New ${what}` : name}</span>
                </Button>
                <IconButton
                  label={`Move ${name} up`}
                  disabled={index === 0}
                  onClick={() => {
                    setOpen(undefined);
                    onChange(movedItem(items, index, index - 1));
                  }}
                >
                  <ArrowUp aria-hidden />
                </IconButton>
                <IconButton
                  label={`Move ${name} down`}
                  disabled={index === items.length - 1}
                  onClick={() => {
                    setOpen(undefined);
                    onChange(movedItem(items, index, index + 1));
                  }}
                >
                  <ArrowDown aria-hidden />
                </IconButton>
                <IconButton
                  label={`Delete ${name}`}
                  onClick={() => {
                    setOpen(undefined);
                    onChange(items.toSpliced(index, 1));
                  }}
                >
                  <Trash2 aria-hidden />
                </IconButton>
              </div>
              {isOpen ? (
                <div className="flex flex-col gap-3 border-line border-t p-3">
                  {fields(item, (part) => onChange(items.with(index, { ...item, ...part })))}
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      <Button
        className="w-fit"
        onClick={() => {
          setOpen(items.length);
          onChange([...items, blank()]);
        }}
      >
        <Plus aria-hidden />
        Add {what}
      </Button>
    </div>
  );
}
