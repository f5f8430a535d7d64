import { useEffect } from 'react';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { scaledZoom, shiftedZoom } from '../zoom/zoom-steps.ts';

/** Ctrl with the wheel looks closer at what is under the pointer, Shift moves sideways. */
export function useWheelZoom(element: HTMLElement | null, { adjustZoom }: TraceExplorer): void {
  useEffect(() => {
    const onWheel = (event: WheelEvent): void => {
      const target = event.currentTarget;
      if (!(target instanceof HTMLElement) || !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        return;
      }
      event.preventDefault();
      if (event.shiftKey) {
        adjustZoom((shown) => shiftedZoom(shown, Math.sign(event.deltaY + event.deltaX) * 0.1));
        return;
      }
      const { left, width } = target.getBoundingClientRect();
      const share = (event.clientX - left) / width;
      adjustZoom((shown) =>
        scaledZoom(shown, event.deltaY < 0 ? 0.8 : 1.25, shown.from + share * (shown.until - shown.from)),
      );
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [element, adjustZoom]);
}
