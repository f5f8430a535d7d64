import type { SecurityEventView } from '@aegisguard/model';
import { SearchX } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { absoluteRange, isRelative } from '../../lib/time-range.ts';
import { type ChangeView, useAddressView } from '../../lib/use-address-view.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { eventColumns } from './event-columns.tsx';
import { EventDetail } from './event-detail.tsx';
import { EventFilterChips, EventFilterFields } from './event-filters.tsx';
import { EventTrend } from './event-trend.tsx';
import {
  askedFilters,
  type EventsView,
  isFiltered,
  NO_FILTERS,
  parseEventsView,
  printEventsView,
} from './events-view.ts';
import { NoEvents } from './no-events.tsx';
import { platformTitle } from './severity.ts';
import { TopList } from './top-list.tsx';
import { PAGE_EVENTS, useEventList, useEventTrend } from './use-events.ts';

/** Bars of the trend, by the room there is. */
const STEPS_WIDE = 84;
const STEPS_NARROW = 42;

/** Of the most frequent types and actors. */
const TOP_SHOWN = 5;

/** A time range as long as this one is not too short to find anything. */
const WIDE_RANGE_MS = 30 * 86_400_000;

function Overview({
  view,
  trend: { data, error, refetch },
  range,
  change,
}: {
  readonly view: EventsView;
  readonly trend: ReturnType<typeof useEventTrend>;
  readonly range: { readonly startMs: number; readonly endMs: number };
  readonly change: ChangeView<EventsView>;
}): ReactNode {
  if (data === undefined) {
    return error === null ? (
      <Skeleton className="m-3 h-32" />
    ) : (
      <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
    );
  }
  const { topTypes, topActors } = data;
  const { types, actor } = view;
  return (
    <>
      <EventTrend
        trend={data}
        range={range}
        severities={view.severities}
        onSeverities={(severities) => change({ severities })}
        onZoom={(startMs, endMs) => change({ range: absoluteRange(startMs, endMs) })}
      />
      {topTypes.length === 0 ? null : (
        <div className="flex flex-col gap-3 border-line border-t p-3 sm:flex-row sm:gap-6">
          <TopList
            title="Most frequent types"
            items={topTypes.slice(0, TOP_SHOWN).map(({ type, count }) => ({
              value: type,
              name: platformTitle(type),
              count,
              isChosen: types.includes(type),
            }))}
            onChoose={({ value, isChosen }) =>
              change({ types: isChosen ? types.filter((each) => each !== value) : [...types, value] })
            }
          />
          <TopList
            title="Most active"
            items={topActors.slice(0, TOP_SHOWN).map(({ actor: value, count }) => ({
              value,
              count,
              isChosen: actor === value,
            }))}
            onChoose={({ value, isChosen }) => change({ actor: isChosen ? undefined : value })}
          />
        </div>
      )}
    </>
  );
}

/** What happened that matters for security. */
export function EventsPage(): ReactNode {
  const orgId = useOrgId();
  const { view, change } = useAddressView(parseEventsView, printEventsView);
  const { range, refresh } = view;
  const isWide = useMediaQuery(WIDE);
  const [open, setOpen] = useState<SecurityEventView>();
  const [isFurtherDown, setFurtherDown] = useState(false);
  const isPaused = open !== undefined || isFurtherDown;
  const query = JSON.stringify(askedFilters(view));
  const run = useRun(
    useMemo(() => ({ query, range, refresh }), [query, range, refresh]),
    orgId,
    isPaused,
  );
  const list = useEventList(orgId, view, run);
  const trend = useEventTrend(orgId, view, run, isWide ? STEPS_WIDE : STEPS_NARROW);
  const isFurther = list.isLoadingMore || (list.rows?.length ?? 0) > PAGE_EVENTS;
  if (isFurther !== isFurtherDown) {
    setFurtherDown(isFurther);
  }
  useHotkeys({ r: run.refresh });
  const isShort = run.range.endMs - run.range.startMs < WIDE_RANGE_MS && isRelative(range);
  const columns = useMemo(() => eventColumns(setOpen), []);
  return (
    <>
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-start justify-between gap-2">
          <EventFilterFields
            filters={view}
            knownTypes={trend.data?.topTypes.map(({ type }) => type) ?? []}
            change={change}
          />
          <div className="flex gap-1.5 max-sm:w-full max-sm:justify-end">
            <TimePicker range={range} resolved={run.range} onChange={(chosen) => change({ range: chosen })} />
            <RefreshControl
              seconds={refresh}
              isPaused={isPaused && refresh > 0}
              pauseNote="It pauses while you read further down or have an event open."
              onRefresh={run.refresh}
              onChange={(seconds) => change({ refresh: seconds }, true)}
            />
          </div>
        </div>
        <EventFilterChips filters={view} change={change} />
      </div>
      <div className="relative overflow-clip rounded-lg border border-line bg-surface">
        <ProgressLine active={trend.isFetching} label="Loading" />
        <Overview view={view} trend={trend} range={run.range} change={change} />
      </div>
      <div className="rounded-lg border border-line bg-surface">
        <DataTable
          label="Security events"
          columns={columns}
          list={list}
          rowId={({ id }) => id}
          empty={
            isFiltered(view) ? (
              <EmptyState
                icon={SearchX}
                title="No event under these filters"
                action={<Button onClick={() => change(NO_FILTERS)}>Clear the filters</Button>}
              />
            ) : (
              <NoEvents
                orgId={orgId}
                onWiden={isShort ? () => change({ range: { from: 'now-30d', to: 'now' } }) : undefined}
              />
            )
          }
        />
      </div>
      {open === undefined ? null : (
        <EventDetail
          orgId={orgId}
          event={open}
          onFilter={(filters) => {
            setOpen(undefined);
            change(filters);
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
