import type { StackStyle } from '../../charts/prepare/stacked-bars.ts';
import type { IngestKind } from './ingest-summary.ts';

/** What was refused stands on the axis and is never thinner than two pixels. */
export const INGEST_STACK: StackStyle<IngestKind> = {
  order: ['refused', 'logs', 'metrics', 'traces', 'rum', 'events'],
  heightMinPx: { refused: 2, logs: 1, metrics: 1, traces: 1, rum: 1, events: 1 },
};

/** Class names must stand in the source as whole words for Tailwind to find them. */
const FILL: Readonly<Record<IngestKind, string>> = {
  refused: 'fill-level-error',
  logs: 'fill-series-1',
  metrics: 'fill-series-3',
  traces: 'fill-series-5',
  rum: 'fill-series-2',
  events: 'fill-series-7',
};
const BACKGROUND: Readonly<Record<IngestKind, string>> = {
  refused: 'bg-level-error',
  logs: 'bg-series-1',
  metrics: 'bg-series-3',
  traces: 'bg-series-5',
  rum: 'bg-series-2',
  events: 'bg-series-7',
};

/** The fill of a kind in SVG. */
export function kindFill(kind: string): string {
  return FILL[kind as IngestKind];
}

/** The background of a kind's mark. */
export function kindBackground(kind: IngestKind): string {
  return BACKGROUND[kind];
}
