import { useEffect, useState } from 'react';

/** The address follows once a person stops typing for a moment. */
const SETTLE_MS = 150;

interface Draft {
  readonly text: string;
  /** What the address was last told, and what it said when this was drawn. */
  readonly written: string;
  readonly given: string;
}

/** A text that is typed, and follows the address when something else changes that. The address is drawn in a transition, so a field that showed it would lose letters. */
export function useFindText(
  given: string,
  write: (text: string) => void,
): readonly [text: string, type: (text: string) => void] {
  const [draft, setDraft] = useState<Draft>({ text: given, written: given, given });
  if (draft.given !== given) {
    setDraft(given === draft.written ? { ...draft, given } : { text: given, written: given, given });
  }
  const { text, written } = draft;
  useEffect(() => {
    if (text === written) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setDraft((before) => ({ ...before, written: text }));
      write(text);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, written, write]);
  return [text, (next) => setDraft((before) => ({ ...before, text: next }))];
}
