import { SPAN_STATUSES } from '@aegisguard/model';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { seriesColor } from '../../../charts/metrics/theme-color.ts';
import { formatCount } from '../../../lib/number-format.ts';
import type { SpanGroup } from '../model/span-groups.ts';
import { isError, nameOf, serviceOf, type TraceModel } from '../model/trace-model.ts';
import { spanName } from '../span-name.ts';
import type { SortedColumn } from './sorted-table.tsx';

/** A service's name beside its colour. */
export function ServiceName({ model, service }: { readonly model: TraceModel; readonly service: number }): ReactNode {
  const name = spanName(model.services[service]);
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={name}>
      <span
        aria-hidden
        className="h-3.5 w-1 shrink-0 rounded-[1px]"
        style={{ background: seriesColor(model.palette[service] ?? 0) }}
      />
      <span className="truncate">{name}</span>
    </span>
  );
}

/** How many failed, in red where some did. */
export function ErrorCount({ errors }: { readonly errors: number }): ReactNode {
  return errors === 0 ? (
    <span className="text-subtle">0</span>
  ) : (
    <span className="inline-flex items-center gap-1 font-medium text-danger">
      <CircleAlert aria-hidden className="size-3" />
      {formatCount(errors)}
    </span>
  );
}

type Numbers = 'self' | 'total' | 'p50' | 'p95' | 'max';

const TIMES: readonly (readonly [Numbers, string])[] = [
  ['total', 'Total'],
  ['self', 'Own time'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['max', 'Longest'],
];

/** Columns of groups of spans. */
export function groupColumns(model: TraceModel): readonly SortedColumn<SpanGroup>[] {
  return [
    {
      id: 'name',
      title: 'Operation',
      track: 'minmax(160px, 3fr)',
      cell: ({ name }) => <span title={spanName(model.names[name])}>{spanName(model.names[name])}</span>,
      value: ({ name }) => model.names[name] ?? '',
    },
    {
      id: 'service',
      title: 'Service',
      track: 'minmax(100px, 2fr)',
      cell: ({ service }) => <ServiceName model={model} service={service} />,
      value: ({ service }) => model.services[service] ?? '',
    },
    {
      id: 'count',
      title: 'Spans',
      isNumber: true,
      track: '64px',
      cell: ({ count }) => formatCount(count),
      value: ({ count }) => count,
    },
    {
      id: 'errors',
      title: 'Errors',
      isNumber: true,
      track: '64px',
      cell: ({ errors }) => <ErrorCount errors={errors} />,
      value: ({ errors }) => errors,
    },
    ...TIMES.map(
      ([id, title]): SortedColumn<SpanGroup> => ({
        id,
        title,
        isNumber: true,
        track: '84px',
        cell: (group) => nanosWords(group[id]),
        value: (group) => group[id],
      }),
    ),
  ];
}

/** Columns of spans, which are named by their rows. */
export function spanColumns(model: TraceModel): readonly SortedColumn<number>[] {
  const times = [
    ['start', 'Begins at', model.start],
    ['duration', 'Duration', model.duration],
    ['self', 'Own time', model.self],
  ] as const;
  return [
    {
      id: 'name',
      title: 'Operation',
      track: 'minmax(160px, 3fr)',
      cell: (row) => <span title={nameOf(model, row)}>{nameOf(model, row)}</span>,
      value: (row) => nameOf(model, row),
    },
    {
      id: 'service',
      title: 'Service',
      track: 'minmax(100px, 2fr)',
      cell: (row) => <ServiceName model={model} service={model.service[row] ?? 0} />,
      value: (row) => serviceOf(model, row),
    },
    ...times.map(
      ([id, title, values]): SortedColumn<number> => ({
        id,
        title,
        isNumber: true,
        track: '84px',
        cell: (row) => nanosWords(values[row] ?? 0),
        value: (row) => values[row] ?? 0,
      }),
    ),
    {
      id: 'status',
      title: 'Status',
      track: '72px',
      cell: (row) => {
        const status = SPAN_STATUSES[model.status[row] ?? 0] ?? 'unset';
        return isError(model, row) ? (
          <span className="inline-flex items-center gap-1 text-danger">
            <CircleAlert aria-hidden className="size-3" />
            {status}
          </span>
        ) : (
          <span className="text-subtle">{status}</span>
        );
      },
      value: (row) => model.status[row] ?? 0,
    },
  ];
}
