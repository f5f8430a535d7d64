import { serviceGraphStatements } from './0012-service-graph.ts';
import { spanMetricStatements } from './0012-span-metrics.ts';
import type { Migration } from './migration.ts';

/** What spans come to: rate, errors and durations, and who calls whom. docs/adr/0026-traces.md. */
export const SPAN_FIGURES: Migration = {
  version: 12,
  name: 'span-figures',
  statements: (tables) => [...spanMetricStatements(tables), ...serviceGraphStatements(tables)],
};
