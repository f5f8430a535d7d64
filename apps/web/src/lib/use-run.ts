import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefreshSeconds } from './refresh-seconds.ts';
import { serverNow } from './server-clock.ts';
import { type ResolvedRange, resolveRange, type TimeRange } from './time-range.ts';

/** What of a view makes its question, besides the organization. */
export interface AskedView {
  readonly query: string;
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
}

/** One asking of the view's question: `now` is fixed, so that everything on a page speaks of the same span. */
export interface Run {
  readonly range: ResolvedRange;
  /** Changes with every asking. */
  readonly id: string;
  /** The same for all askings of one question; only the time has moved on. */
  readonly question: string;
  readonly refresh: () => void;
}

/**
 * Fixes `now` when the question changes or is asked again, by hand or by the view's interval. The interval does nothing while `paused`, nor while an answer that the page shows is under way: a
 * question that takes longer than the interval would be given up for the next one, again and again.
 */
export function useRun(view: AskedView, orgId: string, paused: boolean): Run {
  const question = JSON.stringify([orgId, view.query, view.range.from, view.range.to]);
  const [asked, setAsked] = useState(() => ({ question, atMs: serverNow() }));
  if (asked.question !== question) {
    setAsked({ question, atMs: serverNow() });
  }
  const refresh = useCallback(() => setAsked((before) => ({ ...before, atMs: serverNow() })), []);

  const client = useQueryClient();
  const pausedNow = useRef(paused);
  useEffect(() => {
    pausedNow.current = paused;
  });
  useEffect(() => {
    if (view.refresh === 0) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (!pausedNow.current && !document.hidden && client.isFetching({ type: 'active' }) === 0) {
        refresh();
      }
    }, view.refresh * 1000);
    return () => clearInterval(timer);
  }, [view.refresh, refresh, client]);

  const { from, to } = view.range;
  return useMemo(
    () => ({
      range: resolveRange({ from, to }, asked.atMs),
      id: `${question}@${asked.atMs}`,
      question,
      refresh,
    }),
    [from, to, question, asked.atMs, refresh],
  );
}
