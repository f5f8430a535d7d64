import { useEffect, useRef } from 'react';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { scaledZoom, shiftedZoom } from '../zoom/zoom-steps.ts';

/** Ctrl with the wheel looks closer at what is under the pointer, Shift moves sideways. */
export function useWheelZoom(element: HTMLElement | null, { window, zoom }: TraceExplorer): void {
  const now = useRef({ window, zoom });
  useEffect(() => {
    now.current = { window, zoom };
  });
  useEffect(() => {
    const onWheel = (event: WheelEvent): void => {
      const target = event.currentTarget;
      if (!(target instanceof HTMLElement) || !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        return;
      }
      event.preventDefault();
      const { window: shown, zoom: change } = now.current;
      if (event.shiftKey) {
        change(shiftedZoom(shown, Math.sign(event.deltaY + event.deltaX) * 0.1));
        return;
      }
      const { left, width } = target.getBoundingClientRect();
      const about = shown.from + ((event.clientX - left) / width) * (shown.until - shown.from);
      change(scaledZoom(shown, event.deltaY < 0 ? 0.8 : 1.25, about));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [element]);
}
