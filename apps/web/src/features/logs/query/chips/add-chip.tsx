import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../../../ui/popover.tsx';
import type { NewPart } from '../edit-parts.ts';
import { PartForm, type PartFormSource } from './part-form.tsx';

const NOTHING_YET: NewPart = { kind: 'matcher', name: '', op: '=', value: '' };

/** Adds a filter: a label, how to compare it, and with what. */
export function AddChip({
  source,
  onAdd,
}: {
  readonly source: PartFormSource;
  readonly onAdd: (part: NewPart) => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="h-6 px-1.5 text-2xs">
          <Plus aria-hidden className="size-3!" />
          Add filter
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label="New filter" className="w-[min(22rem,calc(100vw-16px))] p-3">
        <PartForm
          part={NOTHING_YET}
          source={source}
          submitLabel="Add"
          onSubmit={(part) => {
            setOpen(false);
            onAdd(part);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}
