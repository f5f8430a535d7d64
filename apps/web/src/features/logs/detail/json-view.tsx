import type { JsonObject } from '@aegisguard/model';
import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { flattenJson } from './json-tree.ts';
import { fieldFilter, isUnderList } from './log-fields.ts';
import { type OnFilter, type ValueRow, ValueTree } from './value-tree.tsx';

/** Levels that are open at first. */
const OPEN_DEPTH = 2;

/** Lines that are drawn at once; a record may have tens of thousands. */
const ROWS_STEP = 500;

/** A record as a tree of JSON. */
export function JsonView({
  record,
  onFilter,
}: {
  readonly record: JsonObject;
  readonly onFilter: OnFilter;
}): ReactNode {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [rowsMax, setRowsMax] = useState(ROWS_STEP);
  const rows = useMemo(
    () =>
      flattenJson(record, (pointer, depth) => depth < OPEN_DEPTH !== toggled.has(pointer)).map(
        (row): ValueRow => ({
          ...row,
          id: row.pointer,
          name: row.key,
          filter: fieldFilter(row.path, row.value, isUnderList(record, row.path)),
        }),
      ),
    [record, toggled],
  );
  const toggle = (pointer: string): void => {
    const next = new Set(toggled);
    if (!next.delete(pointer)) {
      next.add(pointer);
    }
    setToggled(next);
  };
  return (
    <>
      <ValueTree
        label="Record as JSON"
        rows={rows.slice(0, rowsMax)}
        layout="json"
        onToggle={toggle}
        onFilter={onFilter}
      />
      {rows.length > rowsMax ? (
        <Button size="sm" className="mt-1 ml-5" onClick={() => setRowsMax(rowsMax + ROWS_STEP)}>
          Show more of {rows.length - rowsMax} further lines
        </Button>
      ) : null}
    </>
  );
}
