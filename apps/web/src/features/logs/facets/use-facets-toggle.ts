import { useState } from 'react';
import { useMediaQuery } from '../../../lib/use-media-query.ts';
import type { Explorer } from '../use-explorer.ts';

/** Windows where facets stand beside the rows. */
const FACETS_BESIDE = '(min-width: 64rem)';

/** Windows with room for facets, rows and an open log. */
const ALL_BESIDE = '(min-width: 100rem)';

/** Whether facets are shown, and where. */
export interface FacetsToggle {
  readonly isOpen: boolean;
  /** Beside the rows; else over them. */
  readonly isBeside: boolean;
  readonly toggle: () => void;
}

/** Facets stand beside the rows for good where there is room; over them they are asked for each time. A query for numbers has none. */
export function useFacetsToggle({ layout, isLogs, selection }: Explorer): FacetsToggle {
  const isBeside = useMediaQuery(FACETS_BESIDE);
  const hasRoom = useMediaQuery(ALL_BESIDE) || selection.selected === undefined;
  const [isAsked, setAsked] = useState(false);
  return isBeside
    ? { isBeside, isOpen: isLogs && layout.facets && hasRoom, toggle: layout.toggleFacets }
    : { isBeside, isOpen: isLogs && isAsked, toggle: () => setAsked(!isAsked) };
}
