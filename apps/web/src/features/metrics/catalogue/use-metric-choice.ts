import { useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { selectorText } from '../builder/print-builder-query.ts';
import { labelNames } from '../metrics-api.ts';
import type { CatalogueMetric } from './catalogue.ts';

/** Gets the labels of a metric that is chosen, from which its query is made. Only the last choice counts: the labels of one before it may come later. */
export function useMetricChoice(
  orgId: string,
  range: ResolvedRange,
  onChoose: (metric: CatalogueMetric, labels: readonly string[]) => void,
): (metric: CatalogueMetric) => void {
  const choices = useRef(0);
  return (metric) => {
    choices.current += 1;
    const choice = choices.current;
    const name = metric.kind === 'histogram' ? `${metric.name}_bucket` : metric.name;
    // Without the labels the query is only less divided.
    const labels = labelNames(orgId, selectorText(name, []), range).catch(() => []);
    void labels.then((found) => {
      if (choices.current === choice) {
        onChoose(metric, found);
      }
    });
  };
}
