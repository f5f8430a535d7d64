import { PROMETHEUS_ROUTES, QUERY_ROUTES } from '@aegisguard/model';
import { seriesSelector } from '../../../charts/metrics/series-label.ts';
import { callRoute } from '../../../lib/call-route.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { filterValues } from './choose-values.ts';
import type { ReadValues } from './resolve-variables.ts';

/** As Grafana writes an element of a result, for a variable's regex to find something in. */
function elementText(labels: Readonly<Record<string, string>>, [seconds, value]: readonly [number, string]): string {
  return `${seriesSelector(labels)} ${value} ${Math.round(seconds * 1000)}`;
}

/** Asks for what variables' queries name, over a range. */
export function readValuesOf(orgId: string, { startMs, endMs }: ResolvedRange, signal: AbortSignal): ReadValues {
  const range = { start: String(startMs / 1000), end: String(endMs / 1000) };
  const labelValues = async (name: string, selector: string | undefined): Promise<readonly string[]> => {
    const query = { ...range, ...(selector === undefined ? {} : { 'match[]': selector }) };
    const answer = await callRoute(PROMETHEUS_ROUTES.prometheusLabelValues, { params: { name }, query, orgId, signal });
    return answer.data;
  };
  return async (query) => {
    switch (query.kind) {
      case 'label-values':
        return labelValues(query.label, query.selector);
      case 'label-names': {
        const { data } = await callRoute(PROMETHEUS_ROUTES.prometheusLabels, { query: range, orgId, signal });
        return filterValues(data, query.regex);
      }
      case 'metrics':
        return filterValues(await labelValues('__name__', undefined), query.regex);
      case 'query-result': {
        const body = { query: query.query, time: endMs / 1000 };
        const { data } = await callRoute(QUERY_ROUTES.queryMetrics, { body, orgId, signal });
        switch (data.resultType) {
          case 'vector':
            return data.result.flatMap(({ metric, value }) =>
              value === undefined ? [] : [elementText(metric, value)],
            );
          case 'scalar':
          case 'string':
            return [data.result[1]];
          default:
            return [];
        }
      }
    }
  };
}
