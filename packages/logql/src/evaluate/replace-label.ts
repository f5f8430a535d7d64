// https://grafana.com/docs/loki/latest/query/#label_replace
import { RE2JS } from 're2js';
import type { LabelReplace } from '../syntax/ast/metric-expression.ts';
import { expandTemplate } from './expand-template.ts';
import { labelOf, withLabel } from './label-set.ts';
import { uniteSeries } from './unite-series.ts';
import type { VectorSeries } from './value.ts';

/** `label_replace`: a label made of what an expression finds in the whole of another one; series where it finds nothing stay as they are. */
export function replaceLabel(
  { destination, replacement, source, expression }: LabelReplace,
  vector: readonly VectorSeries[],
): VectorSeries[] {
  const regex = RE2JS.compile(expression);
  const replaced = vector.map((series) => {
    const matcher = regex.matcher(labelOf(series.labels, source));
    if (!matcher.matches()) {
      return series;
    }
    const value = expandTemplate(replacement, {
      byNumber: Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group)),
      byName: new Map(Object.entries(matcher.getNamedGroups())),
    });
    return { ...series, labels: withLabel(series.labels, destination, value) };
  });
  return uniteSeries(replaced);
}
