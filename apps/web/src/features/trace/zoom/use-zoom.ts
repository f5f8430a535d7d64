import { useMemo } from 'react';
import type { AddressView } from '../../../lib/use-address-view.ts';
import type { TimeWindow } from '../model/trace-model.ts';
import type { TraceView } from '../view/trace-view.ts';
import { clampZoom, isSameZoom } from './zoom-steps.ts';

/** Which part of a trace's time is drawn, and what changes that; nothing happens where it stays the same. */
export interface Zoom {
  readonly window: TimeWindow;
  readonly isZoomed: boolean;
  /** Draws another part; undefined: all of it. */
  readonly zoom: (window: TimeWindow | undefined) => void;
  /** A small step on from what the address says at this moment, which may not be drawn yet. Such steps are many, so they are none of the history. */
  readonly adjustZoom: (step: (shown: TimeWindow) => TimeWindow) => void;
}

function partOf(zoom: TimeWindow | undefined, total: number): TimeWindow | undefined {
  return zoom === undefined ? undefined : clampZoom(zoom, total);
}

/** Keeps the zoom in the address. */
export function useZoom({ view, now, change }: AddressView<TraceView>, total: number): Zoom {
  const zoomed = useMemo(() => partOf(view.zoom, total), [view.zoom, total]);
  const window = useMemo(() => zoomed ?? { from: 0, until: total }, [zoomed, total]);
  const changes = useMemo(() => {
    const go = (wanted: TimeWindow | undefined, replace: boolean): void => {
      const zoom = partOf(wanted, total);
      if (!isSameZoom(zoom, partOf(now().zoom, total))) {
        change({ zoom }, replace);
      }
    };
    return {
      zoom: (wanted: TimeWindow | undefined) => go(wanted, false),
      adjustZoom: (step: (shown: TimeWindow) => TimeWindow) =>
        go(step(partOf(now().zoom, total) ?? { from: 0, until: total }), true),
    };
  }, [now, change, total]);
  return { window, isZoomed: zoomed !== undefined, ...changes };
}
