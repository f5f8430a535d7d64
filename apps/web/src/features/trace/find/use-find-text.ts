import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** The address follows once a person stops typing for a moment. */
const SETTLE_MS = 150;

/**
 * A text that is typed, and follows the address when something else changes that. The address is drawn in a transition, so a field that showed it would lose letters; and what is drawn may be older than what the address says
 * `now`, when more has been typed since.
 */
export function useFindText(
  given: string,
  now: () => string,
  write: (text: string) => void,
): readonly [text: string, type: (text: string) => void] {
  const [text, setText] = useState(given);
  // What the address was last told, or last said.
  const known = useRef(given);
  // Not while it is drawn: a drawing may be given up for the next key.
  useLayoutEffect(() => {
    if (given !== known.current && given === now()) {
      known.current = given;
      setText(given);
    }
  }, [given, now]);
  useEffect(() => {
    if (text === known.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      known.current = text;
      write(text);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, write]);
  return [text, setText];
}
