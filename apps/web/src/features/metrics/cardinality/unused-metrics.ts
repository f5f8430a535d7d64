import { DASHBOARD_ROUTES, RULE_ROUTES } from '@aegisguard/model';
import { callRoute } from '../../../lib/call-route.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { readSavedViews } from '../../saved-views/saved-views-api.ts';
import { labelValues } from '../metrics-api.ts';

/** Of a list that is read. */
const PAGE_ITEMS = 100;
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

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** The items of a list, a page at a time. */
async function readAll<Item>(
  readPage: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
  countMax: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await readPage({ limit: PAGE_ITEMS, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < countMax);
  return items;
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

/** Queries, and in how many of a kind they were found. */
interface Found {
  readonly count: number;
  readonly queries: readonly string[];
}

async function inDashboards(orgId: string, signal: AbortSignal): Promise<Found> {
  const dashboards = await readAll(
    (query) => callRoute(DASHBOARD_ROUTES.listDashboards, { query, orgId, signal }),
    DASHBOARDS_MAX,
  );
  const queries: string[] = [];
  for (let from = 0; from < dashboards.length; from += AT_ONCE) {
    const some = dashboards.slice(from, from + AT_ONCE);
    queries.push(...(await Promise.all(some.map(({ id }) => queriesOf(orgId, id, signal)))).flat());
  }
  return { count: dashboards.length, queries };
}

/** A view is kept as its page's search parameters; all of them count, for those that are no queries name no metrics. */
async function inViews(orgId: string, signal: AbortSignal): Promise<Found> {
  const views = await readSavedViews(orgId, 'metrics', signal);
  return { count: views.length, queries: views.flatMap(({ state }) => [...new URLSearchParams(state).values()]) };
}

async function inRules(orgId: string, signal: AbortSignal): Promise<Found> {
  const groups = await readAll(
    (query) => callRoute(RULE_ROUTES.listRuleGroups, { query, orgId, signal }),
    Number.POSITIVE_INFINITY,
  );
  const queries = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  return { count: queries.length, queries };
}

/** Metrics that nothing names, and how much was read for that. */
export interface UnusedMetrics {
  readonly names: readonly string[];
  readonly dashboardCount: number;
  readonly viewCount: number;
  /** Null: the person may not read rules. */
  readonly ruleCount: number | null;
}

/** The metrics of a range that no dashboard, saved view or recording rule names. Rules count also while they are switched off: whoever switches one on expects its metrics to be there. */
export async function findUnusedMetrics(
  orgId: string,
  range: ResolvedRange,
  mayReadRules: boolean,
  signal: AbortSignal,
): Promise<UnusedMetrics> {
  const [names, dashboards, views, rules] = await Promise.all([
    labelValues(orgId, '__name__', undefined, range, signal),
    inDashboards(orgId, signal),
    inViews(orgId, signal),
    mayReadRules ? inRules(orgId, signal) : null,
  ]);
  const queries = [dashboards, views, rules].flatMap((found) => found?.queries ?? []);
  return {
    names: unusedMetrics(names, queries),
    dashboardCount: dashboards.count,
    viewCount: views.count,
    ruleCount: rules?.count ?? null,
  };
}
