import { useEffect, useRef } from 'react';

/** What each key does, by `KeyboardEvent.key`. */
export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Where keys belong to the element, not to the page. */
const OWN_KEYS = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]';

/** True when a key pressed at this element is typing, or is for an open menu. */
function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OWN_KEYS) !== null;
}

/** Keys of the page, without Ctrl, Alt or Meta; they do nothing while one types or after something nearer has taken the key. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const current = useRef(hotkeys);
  useEffect(() => {
    current.current = hotkeys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesKeys(event.target)) {
        return;
      }
      current.current[event.key]?.(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
