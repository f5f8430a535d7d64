import type { TraceOverviewAnswer } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import type { KindHistogram } from '../../../charts/prepare/stacked-bars.ts';
import { type ShownBars, TimeBars } from '../../../charts/render/time-bars.tsx';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { OUTCOME_STACK, type SpanOutcome } from './duration-bars.ts';
import { outcomeFill, outcomeName } from './outcome-legend.tsx';

/** Spans over time, those that failed at the bottom: read it, or select a span of time to zoom into. */
export function SpansOverTime({
  answer,
  range,
  heightPx,
  legend,
  onZoom,
}: {
  readonly answer: TraceOverviewAnswer;
  readonly range: ResolvedRange;
  readonly heightPx: number;
  readonly legend: (counts: ShownBars<SpanOutcome>['counts']) => ReactNode;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  const histogram = useMemo<KindHistogram<SpanOutcome>>(
    () => ({
      start: Date.parse(answer.start),
      stepMs: answer.stepMs,
      bars: answer.spans.length,
      kinds: [
        { kind: 'error', counts: answer.errors },
        { kind: 'other', counts: answer.spans.map((spans, index) => spans - (answer.errors[index] ?? 0)) },
      ],
    }),
    [answer],
  );
  return (
    <TimeBars<SpanOutcome>
      label="Spans over time"
      unit="spans"
      histogram={histogram}
      stack={OUTCOME_STACK}
      heightPx={heightPx}
      range={range}
      nameOf={outcomeName}
      fillOf={outcomeFill}
      legend={({ counts }) => legend(counts)}
      onZoom={onZoom}
    />
  );
}
