import type { FunnelLatencyView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { type DataColumn, DataTable } from '../../../ui/data-table.tsx';
import { nameOfStep } from '../funnels-view.ts';
import type { AnsweredFunnel } from '../use-funnel.ts';
import { shareWords } from './share-words.ts';

/** From one step to another. */
interface Transition {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly passed: number;
  readonly share: number | null;
  readonly lost: number;
  readonly latency: FunnelLatencyView | null;
  readonly errors: number;
}

/** Each step to the next, and the first to the last. */
function transitionsOf({ answer, steps }: AnsweredFunnel): readonly Transition[] {
  const names = steps.map(nameOfStep);
  const each = answer.steps.slice(1).map((step, index): Transition => {
    const from = answer.steps[index];
    return {
      id: `${index + 1} → ${index + 2}`,
      from: names[index] ?? '',
      to: names[index + 1] ?? '',
      passed: step.traceCount,
      share: step.shareOfPrevious,
      lost: from?.droppedCount ?? 0,
      latency: step.latency,
      errors: step.errorCount,
    };
  });
  const [first, last] = [answer.steps[0], answer.steps.at(-1)];
  if (each.length < 2 || first === undefined || last === undefined) {
    return each;
  }
  const whole: Transition = {
    id: `1 → ${steps.length}`,
    from: names[0] ?? '',
    to: names.at(-1) ?? '',
    passed: last.traceCount,
    share: last.shareOfFirst,
    lost: first.traceCount - last.traceCount,
    latency: answer.latency,
    errors: last.errorCount,
  };
  return [...each, whole];
}

/** Where there is little room, only the typical and the slow are told. */
const ROOMY = 'max-lg:hidden';

function latencyColumn(header: string, member: keyof FunnelLatencyView, room = ''): DataColumn<Transition> {
  const className = `whitespace-nowrap ${room}`;
  return { header, isNumber: true, className, cell: ({ latency }) => formatUnit(latency?.[member] ?? null, 'ms') };
}

const COLUMNS: readonly DataColumn<Transition>[] = [
  {
    header: 'From step to step',
    cell: ({ id, from, to }) => (
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="whitespace-nowrap font-medium tabular-nums">{id}</span>
        <span className="min-w-0 text-muted text-xs [overflow-wrap:anywhere]">
          {from} → {to}
        </span>
      </span>
    ),
  },
  { header: 'Went on', isNumber: true, cell: ({ passed }) => formatCount(passed) },
  { header: 'Share', isNumber: true, cell: ({ share }) => shareWords(share) },
  { header: 'Lost', isNumber: true, cell: ({ lost }) => formatCount(lost) },
  {
    header: 'Errors',
    isNumber: true,
    cell: ({ errors }) => <span className={errors === 0 ? 'text-subtle' : 'text-danger'}>{formatCount(errors)}</span>,
  },
  latencyColumn('Average', 'averageMs', ROOMY),
  latencyColumn('p50', 'p50Ms'),
  latencyColumn('p90', 'p90Ms', ROOMY),
  latencyColumn('p95', 'p95Ms'),
  latencyColumn('p99', 'p99Ms', ROOMY),
];

/** How many go from step to step, and how long it takes them. */
export function TransitionsTable({ funnel }: { readonly funnel: AnsweredFunnel }): ReactNode {
  return (
    <DataTable
      label="From step to step"
      columns={COLUMNS}
      rowId={({ id }) => id}
      list={{
        rows: transitionsOf(funnel),
        error: undefined,
        retry: () => undefined,
        more: undefined,
        isLoadingMore: false,
      }}
      empty={null}
    />
  );
}
