import { DASHBOARD_ROUTES } from '@aegisguard/model';
import { callRoute } from '../../../lib/call-route.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { labelValues } from '../metrics-api.ts';

/** Dashboards that are read, a page at a time. */
const PAGE_DASHBOARDS = 100;
const DASHBOARDS_MAX = 500;
/** Dashboards read at the same time. */
const AT_ONCE = 4;

/** Names of metrics, and whatever else is a word; text in quotes may be a name, too. */
const WORDS = /[A-Za-z_:][A-Za-z0-9_:]*|"((?:[^"\\]|\\.)*)"/g;

/** The metrics that no query names. A name that a pattern or a variable stands for is not seen. */
export function unusedMetrics(names: readonly string[], queries: readonly string[]): readonly string[] {
  const words = new Set(queries.flatMap((query) => [...query.matchAll(WORDS)].map(([word, quoted]) => quoted ?? word)));
  return names.filter((name) => !words.has(name));
}

async function dashboardIds(orgId: string, signal: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly { readonly id: string }[]; readonly nextCursor: string | null } =
      await callRoute(DASHBOARD_ROUTES.listDashboards, {
        query: { limit: PAGE_DASHBOARDS, ...(cursor === null ? {} : { cursor }) },
        orgId,
        signal,
      });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null && ids.length < DASHBOARDS_MAX);
  return ids;
}

/** Every query of a dashboard: of panels, variables and annotations. */
async function queriesOf(orgId: string, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const { panels, variables, annotations } = await callRoute(DASHBOARD_ROUTES.readDashboard, {
    params: { id },
    orgId,
    signal,
  });
  return [
    ...panels.flatMap((panel) => panel.queries.map(({ query }) => query)),
    ...variables.map(({ query }) => query),
    ...annotations.map(({ query }) => query),
  ];
}

/** The metrics of a range that no dashboard names, and how many dashboards were read for that. */
export async function findUnusedMetrics(
  orgId: string,
  range: ResolvedRange,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly dashboardCount: number }> {
  const [names, ids] = await Promise.all([
    labelValues(orgId, '__name__', undefined, range, signal),
    dashboardIds(orgId, signal),
  ]);
  const queries: string[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const read = await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => queriesOf(orgId, id, signal)));
    queries.push(...read.flat());
  }
  return { names: unusedMetrics(names, queries), dashboardCount: ids.length };
}
