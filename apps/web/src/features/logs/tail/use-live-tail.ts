import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { serverNow } from '../../../lib/server-clock.ts';
import { abortablePause } from './abortable-pause.ts';
import { frameSchedule } from './frame-schedule.ts';
import { LiveTail, type TailShown } from './live-tail.ts';
import { tailOf } from './open-tail.ts';

/** How long a tail goes on while nobody sees it. */
const UNSEEN_MS = 60_000;

/** A tail, and what can be done with it. */
export interface LiveTailControl {
  readonly shown: TailShown;
  /** Starts it again where it has ended. */
  readonly start: () => void;
  readonly clear: () => void;
}

/** A tail of the query while the component is there. */
export function useLiveTail(orgId: string, query: string): LiveTailControl {
  const tail = useMemo(
    () =>
      new LiveTail({
        open: tailOf(orgId, query),
        now: serverNow,
        random: Math.random,
        pause: abortablePause,
        onFrame: frameSchedule(),
      }),
    [orgId, query],
  );
  useEffect(() => {
    let unseen: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = (): void => {
      clearTimeout(unseen);
      if (document.hidden) {
        unseen = setTimeout(() => tail.stop('asleep'), UNSEEN_MS);
      } else if (tail.shown().state !== 'over') {
        tail.start();
      }
    };
    tail.start();
    onVisibility();
    const ticks = setInterval(tail.tick, 1000);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(unseen);
      clearInterval(ticks);
      document.removeEventListener('visibilitychange', onVisibility);
      tail.stop();
    };
  }, [tail]);
  const shown = useSyncExternalStore(tail.subscribe, tail.shown);
  return { shown, start: () => tail.start(), clear: () => tail.clear() };
}
