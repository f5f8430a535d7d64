import { type RefCallback, useCallback, useState } from 'react';

/** Whether an element is on the screen or nearly so, and the ref that watches it. */
export function useNearScreen<E extends Element>(marginPx: number): readonly [RefCallback<E>, boolean] {
  const [isNear, setNear] = useState(false);
  const ref = useCallback(
    (element: E | null) => {
      if (element === null) {
        return undefined;
      }
      const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
        rootMargin: `${marginPx}px 0px`,
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [marginPx],
  );
  return [ref, isNear];
}
