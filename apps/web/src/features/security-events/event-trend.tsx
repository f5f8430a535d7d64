import type { EventSeverity, SecurityEventTrendAnswer } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import type { KindHistogram } from '../../charts/prepare/stacked-bars.ts';
import { LegendButton, TimeBars } from '../../charts/render/time-bars.tsx';
import { formatCount } from '../../lib/number-format.ts';
import type { ResolvedRange } from '../../lib/time-range.ts';
import { SEVERITY_STACK, severityBackground, severityFill, WORST_FIRST } from './severity.ts';

const HEIGHT_PX = 96;

/** Events over time by severity: read it, choose severities, or select a span to zoom into. */
export function EventTrend({
  trend,
  range,
  severities,
  onSeverities,
  onZoom,
}: {
  readonly trend: SecurityEventTrendAnswer;
  readonly range: ResolvedRange;
  readonly severities: readonly EventSeverity[];
  readonly onSeverities: (severities: readonly EventSeverity[]) => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  const histogram = useMemo<KindHistogram<EventSeverity>>(
    () => ({
      start: trend.start,
      stepMs: trend.stepMs,
      bars: trend.steps,
      kinds: trend.severities.map(({ severity, counts }) => ({ kind: severity, counts })),
    }),
    [trend],
  );
  const toggle = (severity: EventSeverity): void =>
    onSeverities(
      severities.includes(severity) ? severities.filter((each) => each !== severity) : [...severities, severity],
    );
  return (
    <TimeBars<EventSeverity>
      label="Events over time"
      unit="events"
      histogram={histogram}
      stack={SEVERITY_STACK}
      heightPx={HEIGHT_PX}
      range={range}
      nameOf={(severity) => severity}
      fillOf={severityFill}
      onZoom={onZoom}
      legend={({ counts }) =>
        WORST_FIRST.map((severity) => (
          <LegendButton
            key={severity}
            label={severity}
            mark={severityBackground(severity)}
            value={formatCount(counts[severity] ?? 0)}
            isChosen={severities.includes(severity)}
            title={severities.includes(severity) ? `Do not ask for ${severity} any more` : `Show ${severity}`}
            onClick={() => toggle(severity)}
          />
        ))
      }
    />
  );
}
