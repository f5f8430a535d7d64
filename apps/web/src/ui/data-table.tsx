import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { RowList } from '../lib/use-cursor-list.ts';
import { useMediaQuery, WIDE } from '../lib/use-media-query.ts';
import { Button } from './button.tsx';
import { ErrorState } from './error-state.tsx';
import { Notice } from './notice.tsx';
import { type RowAction, RowMenu } from './row-menu.tsx';
import { Skeleton } from './skeleton.tsx';

/** A column; the first one names the row. */
export interface DataColumn<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
  readonly className?: string;
}

interface TableParts<Row> {
  /** What the rows are: the table's name. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** What can be done with a row, in a menu at its end. */
  readonly rowActions?: (row: Row) => readonly RowAction[];
  /** How a row is called in the name of its menu. */
  readonly rowName?: (row: Row) => string;
}

const SKELETON_ROWS = ['first', 'second', 'third', 'fourth'] as const;

function menuOf<Row>({ rowActions, rowName }: TableParts<Row>, row: Row): ReactNode {
  const name = rowName?.(row);
  return rowActions === undefined ? null : (
    <RowMenu label={name === undefined ? 'Actions' : `Actions for ${name}`} actions={rowActions(row)} />
  );
}

/** Rows under columns whose header stays in sight, for windows that are wide enough. */
function WideRows<Row>({ rows, ...parts }: TableParts<Row> & { readonly rows: readonly Row[] }): ReactNode {
  const { label, columns, rowId, rowActions } = parts;
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr className="text-left text-subtle text-xs">
          {columns.map(({ header, isNumber = false, className }) => (
            <th
              key={header}
              scope="col"
              className={classNames(
                'sticky top-0 z-10 whitespace-nowrap border-line border-b bg-surface px-4 py-2 font-medium',
                isNumber && 'text-right',
                className,
              )}
            >
              {header}
            </th>
          ))}
          {rowActions === undefined ? null : (
            <th scope="col" className="sticky top-0 z-10 w-12 border-line border-b bg-surface">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowId(row)} className="border-line border-b last:border-b-0 hover:bg-hover">
            {columns.map(({ header, cell, isNumber = false, className }, index) => {
              const Cell = index === 0 ? 'th' : 'td';
              return (
                <Cell
                  key={header}
                  scope={index === 0 ? 'row' : undefined}
                  className={classNames(
                    'break-words px-4 py-2 text-left align-middle font-normal',
                    isNumber && 'text-right tabular-nums',
                    className,
                  )}
                >
                  {cell(row)}
                </Cell>
              );
            })}
            {rowActions === undefined ? null : <td className="pr-3 text-right align-middle">{menuOf(parts, row)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same rows as cards, for narrow windows. */
function NarrowRows<Row>({ rows, ...parts }: TableParts<Row> & { readonly rows: readonly Row[] }): ReactNode {
  const { label, columns, rowId } = parts;
  const [first, ...others] = columns;
  return (
    <ul aria-label={label}>
      {rows.map((row) => (
        <li key={rowId(row)} className="border-line border-b px-4 py-3 last:border-b-0">
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1 break-words">{first?.cell(row)}</div>
            {menuOf(parts, row)}
          </div>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            {others.map(({ header, cell }) => (
              <div key={header} className="contents">
                <dt className="text-subtle text-xs leading-5">{header}</dt>
                <dd className="break-words">{cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function RowsSkeleton({ label }: { readonly label: string }): ReactNode {
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{label}: loading</span>
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} className="h-6 w-full" />
      ))}
    </div>
  );
}

/** A list of things: loading, failed, empty, or its rows with what can be done with each, and more of them on demand. */
export function DataTable<Row>({
  list: { rows, error, retry, more, isLoadingMore },
  empty,
  ...parts
}: TableParts<Row> & {
  readonly list: RowList<Row>;
  /** What is shown when there are none. */
  readonly empty: ReactNode;
}): ReactNode {
  const isWide = useMediaQuery(WIDE);
  if (rows === undefined) {
    return error === undefined ? <RowsSkeleton label={parts.label} /> : <ErrorState error={error} onRetry={retry} />;
  }
  if (rows.length === 0) {
    return empty;
  }
  const Rows = isWide ? WideRows : NarrowRows;
  return (
    <>
      <Rows rows={rows} {...parts} />
      {error === undefined ? null : (
        <Notice kind="error" className="m-4">
          The rest could not be read: {error.title}. {error.detail}
        </Notice>
      )}
      {more === undefined ? null : (
        <div className="flex justify-center border-line border-t p-3">
          <Button disabled={isLoadingMore} onClick={more}>
            {isLoadingMore ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </>
  );
}
