import type { ReactNode } from 'react';
import { seriesColor } from '../../../charts/metrics/theme-color.ts';
import { classNames } from '../../../lib/class-names.ts';
import { servicePlaces } from '../../trace/model/service-places.ts';

/** A service's name beside its colour, which is the same wherever it is alone. */
export function ServiceChip({
  service,
  className,
}: {
  readonly service: string;
  readonly className?: string;
}): ReactNode {
  return (
    <span
      title={service}
      className={classNames(
        'inline-flex h-5 min-w-0 max-w-40 items-center gap-1 rounded border border-line bg-canvas px-1.5 text-2xs text-muted',
        className,
      )}
    >
      <span
        aria-hidden
        className="size-2 shrink-0 rounded-[2px]"
        style={{ backgroundColor: seriesColor(servicePlaces([service])[0] ?? 0) }}
      />
      <span className="truncate">{service}</span>
    </span>
  );
}
