import { useCallback, useEffect, useRef, useState } from 'react';
import type { ScrollPlace } from '../table/log-table.tsx';
import type { TailShown } from './live-tail.ts';

/** Why a list stands still: somebody wished it, has scrolled away from the newest line, or reads one. */
type HoldReason = 'asked' | 'scrolled' | 'reading';

/** A list that stands still while lines go on coming. */
export interface TailHold {
  /** What the list shows. */
  readonly shown: TailShown;
  readonly isHeld: boolean;
  /** Lines that have come since. */
  readonly waiting: number;
  readonly hold: (reason: HoldReason) => void;
  /** Lets it go on; with a reason only if that was why. */
  readonly release: (reason?: HoldReason) => void;
  /** Hears where the list is scrolled to. */
  readonly onScrolled: (isAtTop: boolean, place: ScrollPlace) => void;
}

/** Farther from the newest line than this, somebody reads. */
const NEAR_PX = 4;

/** Holds what is shown of a tail while it is read. */
export function useTailHold(live: TailShown, isNewestFirst: boolean): TailHold {
  const [held, setHeld] = useState<{ readonly shown: TailShown; readonly reason: HoldReason }>();
  const latest = useRef(live);
  useEffect(() => {
    latest.current = live;
  });
  const lastTopPx = useRef(0);
  const hold = useCallback((reason: HoldReason) => {
    setHeld((before) => ({ shown: before?.shown ?? latest.current, reason }));
  }, []);
  const release = useCallback((reason?: HoldReason) => {
    setHeld((before) => (reason === undefined || before?.reason === reason ? undefined : before));
  }, []);
  const onScrolled = useCallback(
    (isAtTop: boolean, { topPx, belowPx }: ScrollPlace) => {
      const isNear = isNewestFirst ? isAtTop : belowPx <= NEAR_PX;
      // New lines below are no reason: only who scrolls up wants to stay.
      const isAway = isNewestFirst ? !isAtTop : !isNear && topPx < lastTopPx.current - NEAR_PX;
      lastTopPx.current = topPx;
      if (isNear) {
        release('scrolled');
      } else if (isAway) {
        setHeld((before) => before ?? { shown: latest.current, reason: 'scrolled' });
      }
    },
    [isNewestFirst, release],
  );
  return {
    shown: held?.shown ?? live,
    isHeld: held !== undefined,
    waiting: held === undefined ? 0 : live.received - held.shown.received,
    hold,
    release,
    onScrolled,
  };
}
