import type { ReactNode } from 'react';
import { miniBarsPath } from '../prepare/mini-bars.ts';

const HEIGHT = 24;

/** How something went over a span of time, at a glance; the figure beside it says how much. */
export function MiniBars({
  counts,
  className,
}: {
  readonly counts: readonly number[];
  /** Its fill. */
  readonly className: string;
}): ReactNode {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${Math.max(1, counts.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-6 w-full border-line border-b"
    >
      <path d={miniBarsPath(counts, HEIGHT, 2)} className={className} />
    </svg>
  );
}
