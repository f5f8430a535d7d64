import type { ReactNode } from 'react';
import { Skeleton } from '../../../ui/skeleton.tsx';

/** Widths of names in per cent: varied as names are, each once. */
const WIDTHS = [42, 28, 51, 35, 60, 24, 46, 38, 55, 31, 48, 26] as const;

/** The shape of the list while the first traces are on their way. */
export function ListSkeleton(): ReactNode {
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden bg-surface">
      <span className="sr-only">Loading traces</span>
      <div className="h-7 border-line border-b bg-canvas" />
      {WIDTHS.map((width) => (
        <div key={width} className="flex h-9 items-center gap-4 border-line border-b px-3">
          <Skeleton className="size-3.5 shrink-0" />
          <Skeleton className="h-2.5 w-32 shrink-0 max-md:hidden" />
          <div className="min-w-0 flex-1">
            <div style={{ width: `${width}%` }}>
              <Skeleton className="h-2.5 w-full" />
            </div>
          </div>
          <Skeleton className="h-2.5 w-24 shrink-0" />
        </div>
      ))}
    </div>
  );
}
