import type { LogView } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { useOrgId } from '../../../app/use-org-id.ts';
import { useGeoSource } from '../../../lib/use-geo-source.ts';
import { jsonKind, jsonPointer } from './json-tree.ts';
import { fieldFilter, type LogField, logFields } from './log-fields.ts';
import { type OnFilter, type ValueRow, ValueTree } from './value-tree.tsx';

function rowOf(field: LogField, index: number, siblings: number): ValueRow {
  return {
    id: jsonPointer(field.path),
    name: field.name,
    path: field.path,
    value: field.value,
    kind: jsonKind(field.value),
    depth: 0,
    size: 0,
    isOpen: false,
    place: index + 1,
    siblings,
    filter: fieldFilter(field.path, field.value, false),
  };
}

/** Whom the places are from, where their licence asks to say so. */
function PlaceSource(): ReactNode {
  const attribution = useGeoSource(useOrgId())?.attribution;
  return attribution == null ? null : (
    <p className="px-2 pt-1 text-subtle text-xs">
      <a href={attribution.url} target="_blank" rel="noreferrer" className="underline underline-offset-2">
        {attribution.text}
      </a>
    </p>
  );
}

/** Every value of a log under its name, in groups. */
export function FieldsView({ log, onFilter }: { readonly log: LogView; readonly onFilter: OnFilter }): ReactNode {
  const groups = useMemo(
    () =>
      logFields(log).map(({ title, fields }) => ({
        title,
        rows: fields.map((field, index) => rowOf(field, index, fields.length)),
      })),
    [log],
  );
  return (
    <div className="flex flex-col gap-3">
      {groups.map(({ title, rows }) => (
        <section key={title}>
          <h3 className="px-2 pb-1 font-medium text-subtle text-xs">{title}</h3>
          <ValueTree label={title} rows={rows} layout="fields" onToggle={() => undefined} onFilter={onFilter} />
          {title === 'Place' ? <PlaceSource /> : null}
        </section>
      ))}
    </div>
  );
}
