import { useEffect, useRef } from 'react';

/** Calls back after the first drawing and whenever the value has changed since. */
export function useOnChange<T>(value: T, onChange: (value: T) => void): void {
  const callback = useRef(onChange);
  useEffect(() => {
    callback.current = onChange;
  });
  useEffect(() => {
    // Whatever the callback gives back is not a clean-up.
    callback.current(value);
  }, [value]);
}
