import type { ReactNode } from 'react';
import { Skeleton } from '../../../ui/skeleton.tsx';

/** Widths of messages in per cent: varied as messages are, each once, the same on every drawing. */
const WIDTHS = [62, 48, 71, 35, 80, 54, 66, 42, 58, 74, 38, 69, 51, 77, 45, 63, 56, 40, 72, 60, 49, 67, 36, 70];

/** The shape of the table while the first logs are on their way. */
export function TableSkeleton(): ReactNode {
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden bg-surface">
      <span className="sr-only">Loading logs</span>
      <div className="h-7 border-line border-b bg-canvas" />
      {WIDTHS.map((width) => (
        <div key={width} className="flex h-6 items-center gap-3 border-line/60 border-b px-3">
          <Skeleton className="h-2.5 w-36 shrink-0" />
          <Skeleton className="h-2.5 w-10 shrink-0 max-md:hidden" />
          <Skeleton className="h-2.5 w-24 shrink-0 max-md:hidden" />
          <div className="min-w-0 flex-1" style={{ paddingRight: `${100 - width}%` }}>
            <Skeleton className="h-2.5 w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
