import type { ReactNode } from 'react';

/** How high bars are drawn. */
export const BARS_PX = 76;

/** Where a chart will be, with the switch between charts and what there is to say. */
export function ChartPlaceholder({
  lead,
  children,
}: {
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 items-center">{lead}</div>
      <div style={{ height: BARS_PX + 16 }} className="flex items-center justify-center gap-2 text-muted text-xs">
        {children}
      </div>
    </div>
  );
}
