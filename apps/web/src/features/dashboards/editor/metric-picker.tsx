import type { ReactNode } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { CataloguePanel } from '../../metrics/catalogue/catalogue-panel.tsx';
import { useCatalogue } from '../../metrics/catalogue/use-catalogue.ts';
import { useMetricChoice } from '../../metrics/catalogue/use-metric-choice.ts';
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
  const choose = useMetricChoice(orgId, range, (metric, labels) => onChoose(suggestionFor(metric, labels)));
  return (
    <div className="h-72 overflow-hidden rounded-md border border-line">
      <CataloguePanel metrics={metrics} error={error} onRetry={retry} onChoose={choose} />
    </div>
  );
}
