import type { TraceSummaryView } from '@aegisguard/model';
import { ChevronRight } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { tracePath } from '../../../app/paths.ts';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { formatClockMs, formatDay, formatLocal, localZone, timestampMs } from '../../../lib/timestamp.ts';
import { Badge } from '../../../ui/badge.tsx';
import { MatchedSpans } from './matched-spans.tsx';
import { ServiceChip } from './service-chip.tsx';

/** Services that a row shows. */
const SERVICES_SHOWN = 3;

/** Of the row's cells. */
const CELL = 'px-2 py-1.5';

function StartTime({ time }: { readonly time: string }): ReactNode {
  const ms = timestampMs(time);
  return (
    <time dateTime={time} title={`${formatLocal(ms)} ${localZone(ms)}`} className="whitespace-nowrap tabular-nums">
      <span className="text-subtle">{formatDay(ms)}</span> {formatClockMs(ms)}
    </time>
  );
}

function Duration({ trace, slowestMs }: { readonly trace: TraceSummaryView; readonly slowestMs: number }): ReactNode {
  const share = slowestMs <= 0 ? 0 : Math.max(0.005, trace.durationMs / slowestMs);
  return (
    <>
      <span className="tabular-nums">{formatUnit(trace.durationMs, 'ms')}</span>
      <span aria-hidden className="mt-0.5 block h-1 w-full overflow-hidden rounded-full bg-line">
        <span
          className={classNames('block h-full rounded-full', trace.errorCount > 0 ? 'bg-level-error' : 'bg-series-1')}
          style={{ width: `${(share * 100).toFixed(2)}%` }}
        />
      </span>
    </>
  );
}

function Services({ services }: { readonly services: readonly string[] }): ReactNode {
  const rest = services.slice(SERVICES_SHOWN);
  return (
    <span className="flex gap-1">
      {services.slice(0, SERVICES_SHOWN).map((service) => (
        <ServiceChip key={service} service={service} />
      ))}
      {rest.length === 0 ? null : (
        <span title={rest.join(', ')} className="shrink-0 text-2xs text-subtle leading-5">
          +{rest.length}
        </span>
      )}
    </span>
  );
}

/** What the row must know. */
export interface TraceRowProps {
  readonly orgId: string;
  readonly trace: TraceSummaryView;
  readonly slowestMs: number;
  readonly isPicked: boolean;
  readonly onPick: (traceId: string) => void;
}

function Expander({
  trace: { matched, rootName },
  isOpen,
  onToggle,
}: {
  readonly trace: TraceSummaryView;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  const count = matched?.count ?? 0;
  return count === 0 ? null : (
    <button
      type="button"
      data-key="e"
      aria-expanded={isOpen}
      aria-label={`${formatCount(count)} matching spans of ${rootName}`}
      title={`${formatCount(count)} matching ${count === 1 ? 'span' : 'spans'} (e)`}
      className="relative flex size-6 items-center justify-center rounded text-subtle hover:bg-hover hover:text-text"
      onClick={onToggle}
    >
      <ChevronRight aria-hidden className={classNames('size-4 transition-transform', isOpen && 'rotate-90')} />
    </button>
  );
}

/** A trace of the list; its name leads to it, wherever the row is clicked. */
export const TraceRow = memo(function TraceRow({
  orgId,
  trace,
  slowestMs,
  isPicked,
  onPick,
}: TraceRowProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { traceId, rootService, rootName, spanCount, errorCount, services } = trace;
  const name = rootName === '' ? 'root span not received' : rootName;
  return (
    <tbody data-row className="border-line border-b">
      <tr className="relative text-xs focus-within:bg-selected hover:bg-hover aria-selected:bg-selected">
        <td className="w-16 py-1 pl-2 max-sm:w-8">
          <span className="flex items-center gap-1 max-sm:flex-col">
            <input
              type="checkbox"
              data-key="x"
              aria-label={`Compare ${rootService} ${name}`}
              title="Pick to compare (x)"
              className="relative mx-1 size-3.5 accent-accent outline-offset-2"
              checked={isPicked}
              onChange={() => onPick(traceId)}
            />
            <Expander trace={trace} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
          </span>
        </td>
        <td className={classNames(CELL, 'w-40 max-md:hidden')}>
          <StartTime time={trace.startTime} />
        </td>
        <td className={classNames(CELL, 'min-w-0')}>
          <span className="flex min-w-0 items-center gap-2 max-sm:flex-wrap max-sm:gap-y-0.5">
            {rootService === '' ? null : <ServiceChip service={rootService} />}
            <Link
              data-open
              to={tracePath(orgId, traceId)}
              title={`${rootService} ${name}\n${traceId}`}
              className={classNames(
                'min-w-0 truncate font-medium outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:outline-focus focus-visible:before:-outline-offset-1',
                rootName === '' && 'font-normal text-subtle italic',
              )}
            >
              {name}
            </Link>
          </span>
          <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-2xs text-subtle md:hidden">
            <StartTime time={trace.startTime} />
            <span className="sm:hidden">
              {formatCount(spanCount)} {spanCount === 1 ? 'span' : 'spans'}
            </span>
            {errorCount === 0 ? null : <span className="text-danger sm:hidden">{formatCount(errorCount)} errors</span>}
          </span>
        </td>
        <td className={classNames(CELL, 'w-44 max-md:w-32 max-sm:w-24')}>
          <Duration trace={trace} slowestMs={slowestMs} />
        </td>
        <td className={classNames(CELL, 'w-16 text-right tabular-nums max-sm:hidden')}>{formatCount(spanCount)}</td>
        <td className={classNames(CELL, 'w-16 text-right max-sm:hidden')}>
          {errorCount === 0 ? (
            <span className="text-subtle">0</span>
          ) : (
            <Badge tone="danger" className="tabular-nums">
              {formatCount(errorCount)}
            </Badge>
          )}
        </td>
        <td className={classNames(CELL, 'w-80 max-xl:hidden')}>
          <Services services={services} />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={7}>
            <MatchedSpans orgId={orgId} trace={trace} />
          </td>
        </tr>
      ) : null}
    </tbody>
  );
});
