import type { ReactNode } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { selectorText } from '../../metrics/builder/print-builder-query.ts';
import type { CatalogueMetric } from '../../metrics/catalogue/catalogue.ts';
import { CataloguePanel } from '../../metrics/catalogue/catalogue-panel.tsx';
import { useCatalogue } from '../../metrics/catalogue/use-catalogue.ts';
import { labelNames } from '../../metrics/metrics-api.ts';
import { type Suggestion, suggestionFor } from './metric-suggestion.ts';

/** The organization's metrics; choosing one makes a query that suits its type. */
export function MetricPicker({
  orgId,
  range,
  onChoose,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly onChoose: (suggestion: Suggestion) => void;
}): ReactNode {
  const { metrics, error, retry } = useCatalogue(orgId, { range });
  const choose = async (metric: CatalogueMetric): Promise<void> => {
    const name = metric.kind === 'histogram' ? `${metric.name}_bucket` : metric.name;
    // Without the labels the query is only less divided.
    const labels = await labelNames(orgId, selectorText(name, []), range).catch(() => []);
    onChoose(suggestionFor(metric, labels));
  };
  return (
    <div className="h-72 overflow-hidden rounded-md border border-line">
      <CataloguePanel metrics={metrics} error={error} onRetry={retry} onChoose={(metric) => void choose(metric)} />
    </div>
  );
}
