import type { TraceFunnelAnswer } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { DEFAULT_CHART_OPTIONS } from '../../../charts/metrics/chart-options.ts';
import type { ChartRange, Frame } from '../../../charts/metrics/frame.ts';
import { MetricChart } from '../../../charts/metrics/metric-chart.tsx';
import { type FunnelStep, nameOfStep } from '../funnels-view.ts';
import type { AnsweredFunnel } from '../use-funnel.ts';

const HEIGHT_PX = 160;
const OPTIONS = { ...DEFAULT_CHART_OPTIONS, unit: 'short', min: 0 } as const;

function framesOf({ start, stepMs, steps }: TraceFunnelAnswer, said: readonly FunnelStep[]): readonly Frame[] {
  const startMs = Date.parse(start);
  const bars = steps[0]?.counts.length ?? 0;
  const times = Array.from({ length: bars }, (_, bar) => startMs + bar * stepMs);
  const series = steps.map(({ counts }, index) => {
    const step = said[index];
    const label = `${index + 1} ${step === undefined ? '' : nameOfStep(step)}`;
    return { label, labels: { step: label }, values: counts };
  });
  return [{ times, series, buckets: [] }];
}

/** How many traces passed each step, by the time at which they entered. */
export function FunnelOverTime({
  funnel,
  range,
  onZoom,
}: {
  readonly funnel: AnsweredFunnel;
  readonly range: ChartRange;
  readonly onZoom: (range: ChartRange) => void;
}): ReactNode {
  const { answer, steps } = funnel;
  const frames = useMemo(() => framesOf(answer, steps), [answer, steps]);
  return (
    <MetricChart
      frames={frames}
      options={OPTIONS}
      range={range}
      height={HEIGHT_PX}
      label="Traces by the time at which they entered"
      onZoom={onZoom}
    />
  );
}
