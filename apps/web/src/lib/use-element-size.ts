import { type RefCallback, useCallback, useState } from 'react';

/** Whole CSS pixels. */
export interface ElementSize {
  readonly width: number;
  readonly height: number;
}

/** The size of an element, 0 × 0 until it is laid out, and the ref that measures it. */
export function useElementSize<E extends Element>(): readonly [RefCallback<E>, ElementSize] {
  const [size, setSize] = useState<ElementSize>({ width: 0, height: 0 });
  const ref = useCallback((element: E | null) => {
    if (element === null) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      const measured = { width: Math.floor(width), height: Math.floor(height) };
      // The same object while nothing changed, so that nothing is drawn anew for it.
      setSize((before) => (before.width === measured.width && before.height === measured.height ? before : measured));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
