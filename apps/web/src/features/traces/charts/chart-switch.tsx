import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { TraceChartKind } from '../view/traces-view.ts';

const KINDS: readonly (readonly [kind: TraceChartKind, title: string, hint: string])[] = [
  ['time', 'Spans', 'Spans over time'],
  ['durations', 'Durations', 'Spans by their duration'],
  ['scatter', 'Traces', 'Each found trace, by start and duration'],
];

/** Chooses the chart above the list. */
export function ChartSwitch({
  chart,
  onChart,
}: {
  readonly chart: TraceChartKind;
  readonly onChart: (chart: TraceChartKind) => void;
}): ReactNode {
  return (
    <fieldset aria-label="Chart" className="mr-2 flex items-center gap-0.5">
      {KINDS.map(([kind, title, hint]) => (
        <Button
          key={kind}
          variant="ghost"
          size="sm"
          title={hint}
          className="h-6 px-1.5"
          aria-pressed={chart === kind}
          onClick={() => onChart(kind)}
        >
          {title}
        </Button>
      ))}
    </fieldset>
  );
}
