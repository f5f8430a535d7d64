import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Link2, X, ZoomIn } from 'lucide-react';
import { type ReactNode, type Ref, useMemo } from 'react';
import { seriesColor } from '../../../charts/metrics/theme-color.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { absoluteRange } from '../../../lib/time-range.ts';
import { useRested } from '../../../lib/use-rested.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useCopied } from '../../../ui/use-copied.ts';
import { aroundTrace, traceTimes } from '../around-trace.ts';
import { nameOf, serviceOf } from '../model/trace-model.ts';
import { readSpan } from '../trace-api.ts';
import { stepRows, type TraceExplorer } from '../use-trace-explorer.ts';
import { zoomAround } from '../zoom/zoom-steps.ts';
import { FunnelLink } from './funnel-link.tsx';
import { LikeRange } from './like-range.ts';
import { PeersBar } from './peers-bar.tsx';
import { SpanFacts } from './span-facts.tsx';
import { SpanTabs } from './span-tabs.tsx';

/** A span is asked for once the cursor has stopped. */
const REST_MS = 120;

function CopyLink(): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <IconButton label={copied ? 'Link copied' : 'Copy link to this span'} onClick={() => copy(location.href)}>
      <Link2 aria-hidden className={classNames(copied && 'text-accent')} />
    </IconButton>
  );
}

function PanelHeader({ explorer, row }: { readonly explorer: TraceExplorer; readonly row: number }): ReactNode {
  const { model, cursor, zoom } = explorer;
  return (
    <header className="flex shrink-0 items-start gap-0.5 border-line border-b py-2 pr-1.5 pl-3">
      <div className="min-w-0 flex-1 pt-0.5">
        <h2 className="flex items-center gap-2 text-sm">
          <span
            aria-hidden
            className="h-4 w-1 shrink-0 rounded-[1px]"
            style={{ background: seriesColor(model.palette[model.service[row] ?? 0] ?? 0) }}
          />
          <span className="min-w-0 break-words font-semibold [overflow-wrap:anywhere]">{nameOf(model, row)}</span>
        </h2>
        <p className="flex flex-wrap items-center gap-x-1 pl-3 text-muted text-xs">
          <span className="break-words">{serviceOf(model, row)}</span>
          <span className="font-mono text-subtle">{model.ids[row]}</span>
          <CopyButton size="icon-sm" label="Copy span id" text={() => model.ids[row] ?? ''} />
        </p>
      </div>
      <IconButton label="Previous span" shortcut="k" onClick={() => stepRows(explorer, -1)}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label="Next span" shortcut="j" onClick={() => stepRows(explorer, 1)}>
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton
        label="Look closer at its time"
        shortcut="z"
        onClick={() => zoom(zoomAround(model.start[row] ?? 0, model.duration[row] ?? 0))}
      >
        <ZoomIn aria-hidden />
      </IconButton>
      <FunnelLink service={serviceOf(model, row)} name={nameOf(model, row)} />
      <CopyLink />
      <IconButton label="Close" shortcut="esc" onClick={cursor.close}>
        <X aria-hidden />
      </IconButton>
    </header>
  );
}

/** Everything that is known of the open span. */
export function SpanPanel({
  ref,
  explorer,
  row,
}: {
  readonly ref?: Ref<HTMLElement>;
  readonly explorer: TraceExplorer;
  readonly row: number;
}): ReactNode {
  const { model, trace, outline } = explorer;
  const spanId = useRested(model.ids[row] ?? '', REST_MS);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['trace', trace.orgId, trace.traceId, 'span', spanId],
    queryFn: ({ signal }) => readSpan(trace, spanId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const isStale = isPlaceholderData || spanId !== model.ids[row];
  const times = traceTimes(outline);
  const likeRange = useMemo(() => {
    const { startMs, endMs } = aroundTrace(outline);
    return absoluteRange(startMs, endMs);
  }, [outline]);
  return (
    <LikeRange value={likeRange}>
      <article
        ref={ref}
        tabIndex={-1}
        aria-label="Span"
        aria-busy={isStale}
        className="flex h-full min-h-0 flex-col bg-surface outline-none"
      >
        <PanelHeader explorer={explorer} row={row} />
        <div className="scrollbar-slim flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3">
          <SpanFacts model={model} row={row} />
          {data?.statusMessage === undefined || isStale ? null : (
            <p className="rounded-md border border-danger/40 bg-danger-surface px-3 py-2 break-words [overflow-wrap:anywhere]">
              {data.statusMessage}
            </p>
          )}
          <PeersBar trace={trace} spanId={spanId} />
          {data !== undefined ? (
            <div className={classNames(isStale && 'opacity-50')}>
              <SpanTabs span={data} trace={trace} times={times} />
            </div>
          ) : error === null ? (
            <Skeleton className="h-64 w-full shrink-0" />
          ) : (
            <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
          )}
        </div>
      </article>
    </LikeRange>
  );
}
