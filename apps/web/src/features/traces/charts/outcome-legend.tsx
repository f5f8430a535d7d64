import type { ReactNode } from 'react';
import { LegendButton } from '../../../charts/render/time-bars.tsx';
import { formatCount } from '../../../lib/number-format.ts';
import type { SpanOutcome } from './duration-bars.ts';

/** The fill of bars of spans. */
export function outcomeFill(outcome: string): string {
  return outcome === 'error' ? 'fill-level-error' : 'fill-series-1';
}

/** What an outcome is called. */
export function outcomeName(outcome: SpanOutcome): string {
  return outcome === 'error' ? 'errors' : 'without error';
}

/** How many spans failed; a click filters for them. */
export function OutcomeLegend({
  counts,
  isFiltered,
  onErrors,
}: {
  readonly counts: Readonly<Partial<Record<SpanOutcome, number>>>;
  /** The query asks for errors only. */
  readonly isFiltered: boolean;
  readonly onErrors: () => void;
}): ReactNode {
  return (
    <LegendButton
      label="errors"
      mark="bg-level-error"
      value={formatCount(counts.error ?? 0)}
      isChosen={isFiltered}
      title={isFiltered ? 'Remove the filter for errors' : 'Filter for spans with an error'}
      onClick={onErrors}
    />
  );
}
