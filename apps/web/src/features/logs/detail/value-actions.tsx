import { Check, CircleMinus, CirclePlus, Columns3, Copy, Route } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useCopied } from '../../../ui/use-copied.ts';
import { ColumnToggleContext } from './column-toggle.ts';
import { clipboardText, jsonPathText } from './json-tree.ts';
import type { OnFilter, ValueRow } from './value-tree.tsx';

function CopyAction({
  label,
  shortcut,
  text,
  icon: Icon,
}: {
  readonly label: string;
  readonly shortcut: string;
  readonly text: () => string;
  readonly icon: typeof Copy;
}): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      shortcut={shortcut}
      size="icon-sm"
      tabIndex={-1}
      onClick={() => copy(text())}
    >
      {copied ? <Check aria-hidden className="text-accent" /> : <Icon aria-hidden />}
    </IconButton>
  );
}

/** What can be done with a value; shown for the row under the pointer or with the focus, which a touch gives. */
export function ValueActions({ row, onFilter }: { readonly row: ValueRow; readonly onFilter: OnFilter }): ReactNode {
  const { filter } = row;
  const columns = useContext(ColumnToggleContext);
  return (
    <span className="pointer-events-none absolute top-0 right-0.5 flex rounded bg-hover opacity-0 group-hover:pointer-events-auto group-hover:opacity-100 group-focus:pointer-events-auto group-focus:opacity-100">
      {filter === undefined ? null : (
        <>
          <IconButton
            label={`Filter for ${filter.label}`}
            shortcut="f"
            size="icon-sm"
            tabIndex={-1}
            onClick={() => onFilter(filter.label, filter.value, false, filter.isParsed)}
          >
            <CirclePlus aria-hidden />
          </IconButton>
          <IconButton
            label={`Exclude this ${filter.label}`}
            shortcut="x"
            size="icon-sm"
            tabIndex={-1}
            onClick={() => onFilter(filter.label, filter.value, true, filter.isParsed)}
          >
            <CircleMinus aria-hidden />
          </IconButton>
          {columns === undefined ? null : (
            <IconButton
              label={
                columns.isShown(filter.label) ? `Hide the column ${filter.label}` : `Show ${filter.label} as a column`
              }
              shortcut="t"
              size="icon-sm"
              tabIndex={-1}
              aria-pressed={columns.isShown(filter.label)}
              onClick={() => columns.toggle(filter.label)}
            >
              <Columns3 aria-hidden />
            </IconButton>
          )}
        </>
      )}
      <CopyAction label="Copy value" shortcut="c" text={() => clipboardText(row.value)} icon={Copy} />
      <CopyAction label="Copy path" shortcut="p" text={() => jsonPathText(row.path)} icon={Route} />
    </span>
  );
}
