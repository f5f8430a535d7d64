import { type RefObject, useEffect } from 'react';

/** Where keys go on in a view: at the row that was opened, else at what takes the arrow keys, else at the view itself. */
function placeIn(view: HTMLElement): HTMLElement {
  return (
    view.querySelector<HTMLElement>('[aria-current="true"] button') ??
    view.querySelector<HTMLElement>('[tabindex="0"]') ??
    view
  );
}

/** Whoever was in the span's panel is nowhere when it closes: the view has the focus then. */
export function useFocusBack(isOpen: boolean, view: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    return () => {
      if (view.current !== null && document.activeElement === document.body) {
        placeIn(view.current).focus({ preventScroll: true });
      }
    };
  }, [isOpen, view]);
}
