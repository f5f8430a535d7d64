import { useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '../../../lib/stored-value.ts';

const KEY = 'aegis.trace.name-column';

/** Shares of the waterfall's width. */
const LEAST = 0.15;
const MOST = 0.7;
const USUAL = 0.36;

const Share = z.number().min(LEAST).max(MOST);

/** How wide the names of spans are, as the person likes it. */
export interface NameColumn {
  readonly widthPx: number;
  /** Of the waterfall, 0 to 1. */
  readonly share: number;
  readonly setShare: (share: number) => void;
  readonly setPx: (px: number) => void;
}

/** Keeps the width of the names; a share, so that it suits every window. */
export function useNameColumn(fullPx: number): NameColumn {
  const [share, keepShare] = useState(() => readStored(KEY, Share, USUAL));
  const setShare = (wanted: number): void => {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    keepShare(next);
    writeStored(KEY, next);
  };
  return {
    widthPx: Math.round(fullPx * share),
    share,
    setShare,
    setPx: (px) => (fullPx > 0 ? setShare(px / fullPx) : undefined),
  };
}
