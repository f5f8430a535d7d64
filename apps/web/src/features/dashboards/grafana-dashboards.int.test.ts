import { DASHBOARD_ROUTES, type Dashboard, QUERY_ROUTES } from '@aegisguard/model';
import { type JoinedServer, joinServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { actAsPage } from '../../testing/act-as-page.ts';
import { dashboardSeries } from '../../testing/dashboard-series.ts';
import { sendSeries } from '../../testing/send-series.ts';
import { suiteDashboards } from '../../testing/suite-dashboards.ts';
import { type PlacedPanel, placePanels } from './layout/place-panels.ts';
import type { PanelAnswers, QueryAnswer } from './panels/ask-panel.ts';
import { panelQuestioning } from './panels/panel-questioning.ts';
import { scopeOf } from './variables/resolved-variable.ts';

// Dashboards of others, imported and asked as the page asks them, over data that is made of their own queries.

const STEP_MS = 30_000;
const TIMES = 60;
const PANEL_PIXELS = 600;
/** What was written can be asked for a moment later. */
const READABLE_MS = 30_000;
/** A server, eight imports and some hundred series, on a machine that is busy with something else. */
const PREPARED_MS = 240_000;

/** Queries that have nothing to show, and why that is right. */
const WITHOUT_DATA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'k8s-addons-prometheus.json': { 'Instance Down A': '`up < 1`: nothing is down' },
};

const suite = suiteDashboards();
let server: JoinedServer;
let asPage: Awaited<ReturnType<typeof actAsPage>>;
let range: { readonly startMs: number; readonly endMs: number };
const imported = new Map<string, Dashboard>();

function hasData({ frame: { series } }: QueryAnswer): boolean {
  return series.some(({ values }) => values.some((value) => value !== null));
}

/** The panels of a dashboard with its variables as they are at first, every row open. */
async function openedPanels({ variables, panels }: Dashboard) {
  const signal = new AbortController().signal;
  const resolved = await asPage.findVariables({ orgId: asPage.orgId, variables, wanted: new Map(), range }, signal);
  expect(resolved.flatMap(({ variable, problem }) => (problem === undefined ? [] : [variable.name]))).toEqual([]);
  const placed = placePanels(panels, resolved, () => false);
  return { scope: scopeOf(resolved), placed: placed.filter(({ panel }) => panel.queries.length > 0) };
}

async function answersOf({ panel, own }: PlacedPanel, variables: ReturnType<typeof scopeOf>): Promise<PanelAnswers> {
  const { grid, scope } = panelQuestioning(panel, new Map([...variables, ...own]), range, PANEL_PIXELS);
  return asPage.askPanel(asPage.orgId, panel, scope, grid, new AbortController().signal);
}

describe.skipIf(suite === undefined)('dashboards of Grafana', () => {
  beforeAll(async () => {
    server = await joinServer();
    asPage = await actAsPage(server);
    const { orgId, callRoute } = asPage;
    for (const { file, json } of suite ?? []) {
      const body = json as Record<string, unknown>;
      const answer = await callRoute(DASHBOARD_ROUTES.importDashboard, { body, orgId });
      imported.set(file, answer.dashboard);
    }
    const endMs = Math.floor(Date.now() / STEP_MS) * STEP_MS;
    range = { startMs: endMs - 3_600_000, endMs };
    const times = Array.from({ length: TIMES }, (_, step) => endMs - (TIMES - 1 - step) * STEP_MS);
    const series = dashboardSeries([...imported.values()], times);
    await sendSeries(server, series);
    const body = { query: 'count({__name__=~".+"})', time: endMs / 1000 };
    const found = [{ value: [endMs / 1000, String(series.length)] }];
    await vi.waitFor(
      async () => {
        const { data } = await callRoute(QUERY_ROUTES.queryMetrics, { body, orgId });
        expect(data.result).toMatchObject(found);
      },
      { timeout: READABLE_MS, interval: 200 },
    );
  }, PREPARED_MS);
  afterAll(() => server.leave());

  it.each(suite ?? [])('$file: every query is answered, every one has data', async ({ file }) => {
    const dashboard = imported.get(file);
    expect(dashboard).toBeDefined();
    const { scope, placed } = await openedPanels(dashboard as Dashboard);
    const answered = await Promise.all(
      placed.map(async (each) => ({ panel: each.panel, answers: await answersOf(each, scope) })),
    );
    const problems = answered.flatMap(({ panel, answers }) =>
      answers.problems.map(({ ref, error }) => `${panel.title} ${ref}: ${error.detail ?? error.title}`),
    );
    expect(problems).toEqual([]);
    const empty = answered.flatMap(({ panel, answers: { answers } }) =>
      answers.filter((answer) => !hasData(answer)).map(({ ref }) => `${panel.title} ${ref}`),
    );
    expect(empty).toEqual(Object.keys(WITHOUT_DATA[file] ?? {}));
  });
});
