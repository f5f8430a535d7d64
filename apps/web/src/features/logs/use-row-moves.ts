import type { LogView } from '@aegisguard/model';
import { useCallback, useEffect, useRef } from 'react';
import type { LogsViewControl } from './view/use-logs-view.ts';

/** The ways to select rows. The functions stay the same, so that rows need not be drawn again. */
export interface RowMoves {
  readonly open: (log: LogView) => void;
  readonly move: (by: 1 | -1) => void;
}

/** Selects by click and by steps; a step without a selection starts at the top. */
export function useRowMoves(
  rows: readonly LogView[],
  { now, selectRow }: Pick<LogsViewControl, 'now' | 'selectRow'>,
): RowMoves {
  const latest = useRef({ rows, now, selectRow });
  useEffect(() => {
    latest.current = { rows, now, selectRow };
  });
  const open = useCallback((log: LogView) => {
    latest.current.selectRow({ timestamp: log.timestamp, id: log.id });
  }, []);
  const move = useCallback((by: 1 | -1) => {
    const { rows: all } = latest.current;
    const id = latest.current.now().row?.id;
    const at = id === undefined ? -1 : all.findIndex((each) => each.id === id);
    const log = all[at < 0 ? 0 : at + by];
    if (log !== undefined) {
      latest.current.selectRow({ timestamp: log.timestamp, id: log.id });
    }
  }, []);
  return { open, move };
}
