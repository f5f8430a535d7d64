import { useEffect, useState } from 'react';
import { copyText } from '../lib/copy-text.ts';

/** How long a copy stays confirmed. */
const CONFIRM_MS = 1500;

/** Copies a text and is true for a moment after it worked. */
export function useCopied(): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copied) {
      const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [copied]);
  const copy = (text: string): void => {
    void copyText(text).then(setCopied);
  };
  return { copied, copy };
}
