import type { DashboardPanel } from '@aegisguard/model';
import { logsPath, metricsPath } from '../../app/paths.ts';
import { absoluteRange } from '../../lib/time-range.ts';
import { DURATION_VARIABLES } from '../metrics/query/query-variables.ts';
import { DEFAULT_METRICS_VIEW, printMetricsView } from '../metrics/view/metrics-view.ts';
import type { PlacedPanel } from './layout/place-panels.ts';
import type { DashboardLook } from './panels/dashboard-look.ts';
import { builtInVariables, stepSeconds } from './variables/built-in-variables.ts';
import { substituteQuery, substituteText } from './variables/substitute.ts';
import type { VariableScope } from './variables/variable-scope.ts';

/** Letters that the explorer calls its queries by. */
const LETTER = /^[A-Z]$/;

/** What variables mean, but for those that the explorer has, too, with a meaning for its own width. */
function explorerScope({ own }: PlacedPanel, { range, variables }: DashboardLook): VariableScope {
  const scope = new Map([
    ...builtInVariables(range, stepSeconds(range, 1000)),
    ...(variables ?? new Map()),
    ...own,
  ] as const);
  for (const name of DURATION_VARIABLES) {
    scope.delete(name.slice(1));
  }
  return scope;
}

function metricsSearch({ queries, options }: DashboardPanel, scope: VariableScope): URLSearchParams {
  const asked = queries.filter(({ ref, language }) => LETTER.test(ref) && language !== 'logql');
  return printMetricsView({
    ...DEFAULT_METRICS_VIEW,
    unit: options.unit === '' ? undefined : options.unit,
    queries: asked.map(({ ref, language, query, legend, isHidden }) => ({
      ref,
      isFormula: language === 'formula',
      text: substituteQuery(query, scope),
      legend: substituteText(legend, scope),
      isHidden,
    })),
  });
}

/** Where a panel's queries can be looked at closer, with values for their variables; undefined for a panel that asks nothing. */
export function explorerLink(placed: PlacedPanel, look: DashboardLook): string | undefined {
  const { panel } = placed;
  const logs = panel.queries.find(({ language }) => language === 'logql');
  const isMetrics = panel.queries.some(({ language, query }) => language !== 'logql' && query.trim() !== '');
  const scope = explorerScope(placed, look);
  const { from, to } = absoluteRange(look.range.startMs, look.range.endMs);
  if (isMetrics) {
    const search = metricsSearch(panel, scope);
    search.set('from', from);
    search.set('to', to);
    return `${metricsPath(look.orgId)}?${search}`;
  }
  return logs === undefined
    ? undefined
    : `${logsPath(look.orgId)}?${new URLSearchParams({ q: substituteQuery(logs.query, scope), from, to })}`;
}
