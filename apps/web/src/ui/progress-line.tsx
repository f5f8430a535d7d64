import type { ReactNode } from 'react';

/** A thin moving line at the upper edge of its positioned parent while something runs; takes no room. */
export function ProgressLine({ active, label }: { readonly active: boolean; readonly label: string }): ReactNode {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-hidden={!active}
      className="pointer-events-none absolute inset-x-0 top-0 z-20 h-0.5 overflow-hidden"
    >
      {active ? <div className="h-full w-2/5 animate-progress bg-accent" /> : null}
    </div>
  );
}
