import type { ReactNode } from 'react';
import { formatLogCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import type { LogResults } from '../use-log-search.ts';

/** What stands below the last row: more is coming, could not be loaded, or there is no more. */
export function TableFooter({ results }: { readonly results: LogResults }): ReactNode {
  const { rows, hasMore, isLoadingMore, moreError, loadMore } = results;
  return (
    <tfoot className="block">
      <tr className="block">
        <td className="flex h-10 items-center justify-center gap-2 text-subtle text-xs">
          {moreError === undefined ? null : (
            <>
              <span role="alert" className="text-danger">
                {moreError.title}
              </span>
              <Button size="sm" onClick={loadMore}>
                Load more
              </Button>
            </>
          )}
          {moreError !== undefined ? null : hasMore || isLoadingMore ? (
            'Loading more…'
          ) : (
            <>End of the results: {formatLogCount(rows.length)}</>
          )}
        </td>
      </tr>
    </tfoot>
  );
}
