import { QUERY_ROUTES } from '@aegisguard/model';
import { seriesSelector } from '../../../charts/metrics/series-label.ts';
import { callRoute } from '../../../lib/call-route.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { labelNames, labelValues } from '../../metrics/metrics-api.ts';
import { filterValues } from './choose-values.ts';
import type { ReadValues } from './resolve-variables.ts';

/** As Grafana writes an element of a result, for a variable's regex to find something in. */
function elementText(labels: Readonly<Record<string, string>>, [seconds, value]: readonly [number, string]): string {
  return `${seriesSelector(labels)} ${value} ${Math.round(seconds * 1000)}`;
}

/** Asks for what variables' queries name, over a range. */
export function readValuesOf(orgId: string, range: ResolvedRange, signal: AbortSignal): ReadValues {
  return async (query) => {
    switch (query.kind) {
      case 'label-values':
        return labelValues(orgId, query.label, query.selector, range, signal);
      case 'label-names':
        return filterValues(await labelNames(orgId, undefined, range), query.regex);
      case 'metrics':
        return filterValues(await labelValues(orgId, '__name__', undefined, range, signal), query.regex);
      case 'query-result': {
        const body = { query: query.query, time: range.endMs / 1000 };
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
