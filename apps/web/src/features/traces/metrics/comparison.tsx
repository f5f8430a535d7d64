import { type ReactNode, useState } from 'react';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { Button } from '../../../ui/button.tsx';
import type { ComparedField, ComparedValue } from './compared-values.ts';

const VALUES_FIRST = 5;
const FIELDS_FIRST = 20;

function Bar({
  share,
  className,
  label,
}: {
  /** Undefined: unknown. */
  readonly share: number | undefined;
  readonly className: string;
  readonly label: string;
}): ReactNode {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-1.5 flex-1 overflow-clip rounded-full bg-hover">
        <span className={`block h-full ${className}`} style={{ width: `${(share ?? 0) * 100}%` }} />
      </span>
      <span className="min-w-12 text-right tabular-nums">
        <span className="sr-only">{label} </span>
        {share === undefined ? 'unknown' : formatUnit(share, 'percentunit')}
      </span>
    </span>
  );
}

function ValueRow({ value: { value, selection, baseline } }: { readonly value: ComparedValue }): ReactNode {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-x-3 py-1 text-xs">
      <span className="truncate font-mono" title={value}>
        {value}
      </span>
      <span className="flex flex-col gap-0.5">
        <Bar share={selection} className="bg-danger" label="chosen" />
        <Bar share={baseline} className="bg-series-1" label="others" />
      </span>
    </li>
  );
}

function FieldSection({ field: { field, values, hasMore } }: { readonly field: ComparedField }): ReactNode {
  const [hasAll, setAll] = useState(false);
  return (
    <section aria-label={field} className="rounded-lg border border-line p-3">
      <h3 className="mb-1 truncate font-medium text-sm" title={field}>
        {field}
      </h3>
      <ul>
        {values.slice(0, hasAll ? values.length : VALUES_FIRST).map((value) => (
          <ValueRow key={value.value} value={value} />
        ))}
      </ul>
      {values.length > VALUES_FIRST ? (
        <Button variant="ghost" size="sm" onClick={() => setAll(!hasAll)}>
          {hasAll ? 'Fewer values' : `${values.length - VALUES_FIRST} more`}
        </Button>
      ) : null}
      {hasMore ? <p className="text-subtle text-xs">It has more values than are shown.</p> : null}
    </section>
  );
}

/** How the spans that a query chooses differ from the others: the fields that tell them apart best, with the shares of their values on both sides. */
export function Comparison({ fields }: { readonly fields: readonly ComparedField[] }): ReactNode {
  const [hasAll, setAll] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap gap-x-4 text-muted text-xs">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-[2px] bg-danger" />
          spans that compare chooses
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-[2px] bg-series-1" />
          all others
        </span>
        <span>Fields that tell them apart best come first.</span>
      </p>
      <div className="grid items-start gap-3 md:grid-cols-2 xl:grid-cols-3">
        {fields.slice(0, hasAll ? fields.length : FIELDS_FIRST).map((field) => (
          <FieldSection key={field.field} field={field} />
        ))}
      </div>
      {fields.length > FIELDS_FIRST && !hasAll ? (
        <Button className="self-center" onClick={() => setAll(true)}>
          {fields.length - FIELDS_FIRST} more fields
        </Button>
      ) : null}
    </div>
  );
}
