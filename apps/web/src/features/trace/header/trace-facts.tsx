import type { ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { seriesColor } from '../../../charts/metrics/theme-color.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { spanName } from '../span-name.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="flex items-baseline gap-1.5 whitespace-nowrap">
      <dt className="text-subtle text-xs">{name}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}

/** What a trace is, in a line: its root, when it was, how long it took, and what is in it. */
export function TraceFacts({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { outline, model, view, change } = explorer;
  const { rootName, rootService, startTime, errorCount, spanCount, traceId } = outline;
  const ms = timestampMs(startTime);
  const rootPlace = model.palette[outline.services.indexOf(rootService)] ?? 0;
  return (
    <div className="border-line border-b bg-surface px-3 py-2">
      <h2 className="flex min-w-0 items-center gap-2">
        <span aria-hidden className="h-4 w-1 shrink-0 rounded-[1px]" style={{ background: seriesColor(rootPlace) }} />
        <span className="min-w-0 truncate font-semibold text-base" title={spanName(rootName)}>
          {spanName(rootName)}
        </span>
        <span className="min-w-0 shrink-[2] truncate text-muted">{spanName(rootService)}</span>
      </h2>
      <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5">
        <Fact name="Duration">{nanosWords(model.total)}</Fact>
        <Fact name="Spans">{formatCount(spanCount)}</Fact>
        <Fact name="Services">{formatCount(outline.services.length)}</Fact>
        <Fact name="Depth">{formatCount(model.maxDepth + 1)}</Fact>
        <Fact name="Errors">
          {errorCount === 0 ? (
            '0'
          ) : (
            <button
              type="button"
              aria-pressed={view.only === 'errors'}
              title="Show only what failed, and what is above it"
              className="rounded font-semibold text-danger underline decoration-dotted underline-offset-2 hover:decoration-solid"
              onClick={() => change({ tab: 'waterfall', only: view.only === 'errors' ? 'all' : 'errors' })}
            >
              {formatCount(errorCount)}
            </button>
          )}
        </Fact>
        <Fact name="Started">
          {formatDay(ms)} {formatClockMs(ms)}
          <span className="font-normal text-subtle max-md:hidden">
            {' · '}
            <RelativeTime time={startTime} />
          </span>
        </Fact>
        <div className="flex min-w-0 items-center gap-0.5">
          <dt className="sr-only">Trace id</dt>
          <dd className="truncate font-mono text-subtle text-xs">{traceId}</dd>
          <dd>
            <CopyButton size="icon-sm" label="Copy trace id" text={() => traceId} />
          </dd>
        </div>
      </dl>
    </div>
  );
}
