import { type ReactNode, useMemo } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { seriesColor } from '../../../charts/metrics/theme-color.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { type SpanGroup, spanGroups } from '../model/span-groups.ts';
import type { TraceModel } from '../model/trace-model.ts';
import { shareWords } from '../share-words.ts';
import { type SortedColumn, SortedTable } from '../spans/sorted-table.tsx';
import { ErrorCount, ServiceName } from '../spans/span-columns.tsx';
import type { TraceExplorer } from '../use-trace-explorer.ts';

const MIN_PX = 720;

/** A part of a whole as a bar in a service's colour, and in words. */
function Share({
  part,
  whole,
  place,
}: {
  readonly part: number;
  readonly whole: number;
  readonly place: number;
}): ReactNode {
  return (
    <span className="flex items-center gap-2">
      <span className="h-2 min-w-8 flex-1 rounded-full bg-line">
        <span
          className="block h-full rounded-full"
          style={{ width: `${whole > 0 ? (part / whole) * 100 : 0}%`, background: seriesColor(place) }}
        />
      </span>
      <span className="w-16 shrink-0 text-right tabular-nums">{nanosWords(part)}</span>
      <span className="w-10 shrink-0 text-right text-subtle tabular-nums">{shareWords(part, whole)}</span>
    </span>
  );
}

function columnsOf(model: TraceModel, groups: readonly SpanGroup[]): readonly SortedColumn<SpanGroup>[] {
  const sum = (of: (group: SpanGroup) => number): number => groups.reduce((all, group) => all + of(group), 0);
  const shares = [
    ['self', 'Own time'],
    ['critical', 'On the critical path'],
  ] as const;
  const counts = ['count', 'errors'] as const;
  return [
    {
      id: 'service',
      title: 'Service',
      track: 'minmax(120px, 1fr)',
      cell: ({ service }) => <ServiceName model={model} service={service} />,
      value: ({ service }) => model.services[service] ?? '',
    },
    ...shares.map(([id, title]): SortedColumn<SpanGroup> => {
      const whole = sum((group) => group[id]);
      return {
        id,
        title,
        isNumber: true,
        track: 'minmax(190px, 2fr)',
        cell: (group) => <Share part={group[id]} whole={whole} place={model.palette[group.service] ?? 0} />,
        value: (group) => group[id],
      };
    }),
    ...counts.map(
      (id): SortedColumn<SpanGroup> => ({
        id,
        title: id === 'count' ? 'Spans' : 'Errors',
        isNumber: true,
        track: '72px',
        cell: (group) => (id === 'count' ? formatCount(group.count) : <ErrorCount errors={group.errors} />),
        value: (group) => group[id],
      }),
    ),
  ];
}

/** Where the time of a trace goes, by service. */
export function ServiceShares({ explorer: { model, change } }: { readonly explorer: TraceExplorer }): ReactNode {
  const groups = useMemo(() => spanGroups(model, 'service'), [model]);
  const columns = useMemo(() => columnsOf(model, groups), [model, groups]);
  return (
    <SortedTable
      label="Services"
      columns={columns}
      rows={groups}
      first="self"
      minWidthPx={MIN_PX}
      rowId={({ service }) => String(service)}
      onOpen={({ service }) => change({ tab: 'spans', service: model.services[service] ?? '' })}
    />
  );
}
