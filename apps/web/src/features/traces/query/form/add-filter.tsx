import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../../../ui/popover.tsx';
import type { Filter } from '../filter.ts';
import { DurationForm } from './duration-form.tsx';
import { FilterForm, type FilterFormSource } from './filter-form.tsx';

/** Adds a condition: of a field that is given, or of any. */
export function AddFilter({
  label,
  field,
  source,
  onAdd,
}: {
  readonly label: string;
  /** Undefined: it is asked for, too. */
  readonly field: string | undefined;
  readonly source: FilterFormSource;
  readonly onAdd: (filters: readonly Filter[]) => void;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const add = (filters: readonly Filter[]): void => {
    setOpen(false);
    onAdd(filters);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className="h-6 border border-line-strong border-dashed px-1.5 text-2xs"
          aria-label={`Filter by ${label.toLowerCase()}`}
        >
          <Plus aria-hidden className="size-3!" />
          {label}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label={label} className="w-[min(22rem,calc(100vw-16px))] p-3">
        {field === 'duration' ? (
          <DurationForm onSubmit={add} />
        ) : (
          <FilterForm
            draft={{ field: field ?? '', op: '=', value: '' }}
            type={field === 'resource.service.name' ? 'string' : undefined}
            isFieldFixed={field !== undefined}
            source={source}
            submitLabel="Add"
            onSubmit={(filter) => add([filter])}
          />
        )}
      </PopoverContent>
    </Popover>
  );
}
