import {
  type DashboardPanel,
  LOG_ROUTES,
  type LogMatrixAnswer,
  type LogView,
  type PanelQuery,
  QUERY_ROUTES,
} from '@aegisguard/model';
import axios from 'axios';
import type { Frame } from '../../../charts/metrics/frame.ts';
import { prepareFrame, type TimeGrid } from '../../../charts/metrics/prepare-frame.ts';
import { seriesLabel } from '../../../charts/metrics/series-label.ts';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { substituteQuery, substituteText } from '../variables/substitute.ts';
import type { VariableScope } from '../variables/variable-scope.ts';
import { panelQueue } from './query-queue.ts';

/** Logs that a panel shows. */
const LOGS_MAX = 300;

/** One query of a panel as it is sent. */
export interface PanelQuestion {
  readonly ref: string;
  readonly language: 'promql' | 'logql';
  readonly query: string;
  readonly legend: string;
  readonly isInstant: boolean;
}

/** What one query answered. */
export interface QueryAnswer {
  readonly ref: string;
  readonly frame: Frame;
  readonly logs: readonly LogView[];
  readonly notes: readonly string[];
}

/** What the queries of a panel answered; some may have failed. */
export interface PanelAnswers {
  readonly answers: readonly QueryAnswer[];
  readonly problems: readonly { readonly ref: string; readonly error: ApiError }[];
}

const NO_FRAME: Frame = { times: [], series: [], buckets: [] };

async function expanded(query: PanelQuery, queries: readonly PanelQuery[]): Promise<string> {
  if (query.language !== 'formula') {
    return query.query;
  }
  // The parser is needed for formulas alone.
  const { substituteFormula } = await import('../../metrics/query/substitute-formula.ts');
  const others = queries.filter(({ ref, language }) => ref !== query.ref && language !== 'logql');
  return substituteFormula(query.query, new Map(others.map((each) => [each.ref, each.query])));
}

/** A query with values for its variables; formulas as one query over the others. */
async function panelQuestion(query: PanelQuery, panel: DashboardPanel, scope: VariableScope): Promise<PanelQuestion> {
  // Variables first: `$__interval` is no PromQL.
  const queries = panel.queries.map((each) => ({ ...each, query: substituteQuery(each.query, scope) }));
  const own = queries.find(({ ref }) => ref === query.ref) ?? query;
  return {
    ref: query.ref,
    language: query.language === 'logql' ? 'logql' : 'promql',
    query: await expanded(own, queries),
    legend: substituteText(query.legend, scope),
    isInstant: query.isInstant,
  };
}

function logFrame({ series }: LogMatrixAnswer, { legend, query }: PanelQuestion): Frame {
  const times = [...new Set(series.flatMap(({ points }) => points.map(([at]) => Math.round(at * 1000))))].sort(
    (a, b) => a - b,
  );
  return {
    times,
    series: series.map(({ labels, points }) => {
      const byTime = new Map(points.map(([at, value]) => [Math.round(at * 1000), value]));
      return { label: seriesLabel(labels, legend, query), labels, values: times.map((ms) => byTime.get(ms) ?? null) };
    }),
    buckets: [],
  };
}

async function askLogs(
  orgId: string,
  question: PanelQuestion,
  { startMs, endMs, stepMs }: TimeGrid,
  signal: AbortSignal,
): Promise<QueryAnswer> {
  const answer = await callRoute(LOG_ROUTES.searchLogs, {
    body: {
      query: question.query.trim() === '' ? '{}' : question.query,
      start: new Date(startMs).toISOString(),
      end: new Date(endMs).toISOString(),
      step: stepMs / 1000,
      limit: LOGS_MAX,
      direction: 'backward',
    },
    orgId,
    signal,
  });
  return answer.resultType === 'matrix'
    ? { ref: question.ref, frame: logFrame(answer, question), logs: [], notes: [] }
    : { ref: question.ref, frame: NO_FRAME, logs: answer.logs, notes: [] };
}

async function askMetrics(
  orgId: string,
  question: PanelQuestion,
  grid: TimeGrid,
  signal: AbortSignal,
): Promise<QueryAnswer> {
  const { query, legend, isInstant, ref } = question;
  const times = isInstant
    ? { time: grid.endMs / 1000 }
    : { start: grid.startMs / 1000, end: grid.endMs / 1000, step: grid.stepMs / 1000 };
  const {
    data,
    warnings = [],
    infos = [],
  } = await callRoute(QUERY_ROUTES.queryMetrics, {
    body: { query, ...times },
    orgId,
    signal,
  });
  const frame = prepareFrame(data, { legend, query }, isInstant ? undefined : grid);
  return { ref, frame, logs: [], notes: [...warnings, ...infos] };
}

/** Asks one question when its turn comes. */
export function askQuestion(
  orgId: string,
  question: PanelQuestion,
  grid: TimeGrid,
  signal: AbortSignal,
): Promise<QueryAnswer> {
  const ask = question.language === 'logql' ? askLogs : askMetrics;
  return panelQueue.run(signal, () => ask(orgId, question, grid, signal));
}

/** Asks all that a panel shows; a query that fails takes none of the others with it. */
export async function askPanel(
  orgId: string,
  panel: DashboardPanel,
  scope: VariableScope,
  grid: TimeGrid,
  signal: AbortSignal,
): Promise<PanelAnswers> {
  const shown = panel.queries.filter(
    ({ isHidden, query, language }) => !isHidden && (query.trim() !== '' || language === 'logql'),
  );
  const settled = await Promise.allSettled(
    shown.map(async (query) => askQuestion(orgId, await panelQuestion(query, panel, scope), grid, signal)),
  );
  signal.throwIfAborted();
  const answers: QueryAnswer[] = [];
  const problems: PanelAnswers['problems'][number][] = [];
  settled.forEach((each, index) => {
    if (each.status === 'fulfilled') {
      answers.push(each.value);
    } else if (!axios.isCancel(each.reason)) {
      problems.push({ ref: shown[index]?.ref ?? '', error: asApiError(each.reason) });
    }
  });
  return { answers, problems };
}
