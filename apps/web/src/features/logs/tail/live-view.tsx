import type { LogDirection, LogView } from '@aegisguard/model';
import { Radio } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useHotkeys } from '../../../lib/use-hotkeys.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import type { OnFilter } from '../detail/value-tree.tsx';
import { DetailPlace } from '../detail-place.tsx';
import type { RowSetting } from '../table/log-row.tsx';
import { LogTable, type LogTableHandle } from '../table/log-table.tsx';
import type { ColumnChanges } from '../table/log-table-header.tsx';
import { LiveBar } from './live-bar.tsx';
import { LINES_MAX, type TailShown } from './live-tail.ts';
import { keptWords } from './tail-words.ts';
import { type LiveTailControl, useLiveTail } from './use-live-tail.ts';
import { type TailHold, useTailHold } from './use-tail-hold.ts';

/** What the live list must know. A new query is another list: it has the query as its key. */
export interface LiveViewProps {
  readonly orgId: string;
  readonly query: string;
  readonly direction: LogDirection;
  readonly setting: RowSetting;
  readonly onTurn: () => void;
  readonly onColumns: ColumnChanges;
  readonly onFilter: OnFilter;
}

/** Keys that belong to what has the focus. */
const PRESSABLE = 'button, a, summary, [role=slider], [role=treeitem]';

function Footer({ shown, isNewestFirst }: { readonly shown: TailShown; readonly isNewestFirst: boolean }): ReactNode {
  const oldest =
    shown.forgotten === 0
      ? 'Lines since five minutes before you looked'
      : `These are ${keptWords(shown)}; older ones are on the Logs tab`;
  return (
    <tfoot className="block">
      <tr className="block">
        <td className="flex h-10 items-center justify-center text-subtle text-xs">
          {isNewestFirst ? oldest : 'New lines come here'}
        </td>
      </tr>
    </tfoot>
  );
}

function Nothing({ tail }: { readonly tail: LiveTailControl }): ReactNode {
  const { state, error } = tail.shown;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
      {state === 'over' && error !== undefined ? (
        <ErrorState error={error} onRetry={tail.start} />
      ) : (
        <EmptyState icon={Radio} title="Waiting for lines">
          What the query selects appears here as it comes in. The newest {LINES_MAX.toLocaleString('en-US')} lines are
          kept.
        </EmptyState>
      )}
    </div>
  );
}

/** Which line is open, and the ways to others; the list stands still meanwhile. */
function useOpenLine(rows: readonly LogView[], hold: TailHold) {
  const [openId, setOpenId] = useState<string>();
  const index = openId === undefined ? -1 : rows.findIndex(({ id }) => id === openId);
  const open = (log: LogView | undefined): void => {
    if (log !== undefined) {
      setOpenId(log.id);
      if (!hold.isHeld) {
        hold.hold('reading');
      }
    }
  };
  return {
    index,
    log: rows[index],
    open,
    move: (by: 1 | -1) => open(rows[index < 0 ? 0 : index + by]),
    close: () => {
      setOpenId(undefined);
      hold.release('reading');
    },
  };
}

/** Lines as they come in. */
export function LiveView({ orgId, query, direction, setting, onTurn, onColumns, onFilter }: LiveViewProps): ReactNode {
  const tail = useLiveTail(orgId, query);
  const isNewestFirst = direction === 'backward';
  const hold = useTailHold(tail.shown, isNewestFirst);
  const { lines } = hold.shown;
  const rows = useMemo(() => (isNewestFirst ? lines.toReversed() : lines), [lines, isNewestFirst]);
  const line = useOpenLine(rows, hold);
  const table = useRef<LogTableHandle>(null);
  const detail = useRef<HTMLElement>(null);
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // The space bar is to pause, not to press the button that led here.
    if (document.activeElement instanceof HTMLButtonElement) {
      root.current?.focus({ preventScroll: true });
    }
  }, []);
  useEffect(() => {
    if (!isNewestFirst && !hold.isHeld && rows.length > 0) {
      table.current?.scrollToEnd();
    }
  }, [rows, isNewestFirst, hold.isHeld]);
  const resume = (): void => {
    line.close();
    hold.release();
    if (isNewestFirst) {
      table.current?.scrollToStart();
    }
  };
  useHotkeys({
    j: () => line.move(1),
    k: () => line.move(-1),
    Escape: line.close,
    ' ': (event) => {
      if (event.target instanceof Element && event.target.closest(PRESSABLE) !== null) {
        return;
      }
      event.preventDefault();
      if (hold.isHeld) {
        resume();
      } else {
        hold.hold('asked');
      }
    },
  });
  return (
    <div ref={root} tabIndex={-1} className="flex min-h-0 flex-1 outline-none">
      <div className="flex min-w-0 flex-1 flex-col">
        <LiveBar tail={tail} hold={hold} onResume={resume} />
        {rows.length === 0 ? (
          <Nothing tail={tail} />
        ) : (
          <LogTable
            ref={table}
            rows={rows}
            setting={setting}
            direction={direction}
            selectedIndex={line.index}
            question={query}
            isStale={false}
            footer={<Footer shown={hold.shown} isNewestFirst={isNewestFirst} />}
            onOpen={line.open}
            onTurn={onTurn}
            onColumns={onColumns}
            onMove={line.move}
            onOpenSelected={() => detail.current?.focus()}
            onScrolled={hold.onScrolled}
          />
        )}
      </div>
      {line.log === undefined ? null : (
        <DetailPlace
          ref={detail}
          selected={{ state: 'found', log: line.log }}
          moves={{
            onMove: line.move,
            onClose: line.close,
            hasPrevious: line.index > 0,
            hasNext: line.index + 1 < rows.length,
          }}
          onFilter={onFilter}
        />
      )}
    </div>
  );
}
