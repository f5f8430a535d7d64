import type { MetricAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ChartExemplar, Frame } from '../../charts/metrics/frame.ts';
import { prepareFrame, shiftFrame, type TimeGrid } from '../../charts/metrics/prepare-frame.ts';
import { ApiError, asApiError } from '../../lib/api-error.ts';
import type { Run } from '../../lib/use-run.ts';
import { queryExemplars, queryRange } from './metrics-api.ts';
import { askedQueries } from './query/asked-queries.ts';
import { fillVariables, variableValues } from './query/query-variables.ts';
import type { MetricsView, ViewQuery } from './view/metrics-view.ts';
import { autoStepMs, evaluationGrid } from './view/query-step.ts';

/** What became of one query. */
export interface QueryOutcome {
  readonly ref: string;
  /** As the server was asked. */
  readonly query: string;
  readonly error: ApiError | undefined;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly frame: Frame | undefined;
  readonly compared: Frame | undefined;
}

/** The answers to a view's queries. */
export interface Exploration {
  readonly outcomes: readonly QueryOutcome[];
  /** What charts draw: the queries', then what they are compared with. */
  readonly frames: readonly Frame[];
  readonly exemplars: readonly ChartExemplar[];
  readonly grid: TimeGrid;
}

/** Answers that are on no screen are kept so long, for the back button. */
const UNUSED_KEPT_MS = 30_000;

/** What makes the question of a view. */
type Question = Pick<MetricsView, 'queries' | 'compares' | 'showsExemplars' | 'stepSeconds'>;

/** An error of our own parser, or of the server, in one form. */
function queryError(error: unknown): ApiError {
  if (error instanceof Error && 'code' in error && error.code === 'invalid-query' && 'detail' in error) {
    return new ApiError('invalid-query', 'This formula is not understood', { detail: String(error.detail) });
  }
  return asApiError(error);
}

async function ask(
  orgId: string,
  { ref, query, legend }: { readonly ref: string; readonly query: string; readonly legend: string },
  grid: TimeGrid,
  comparedGrid: TimeGrid | undefined,
  signal: AbortSignal,
): Promise<QueryOutcome> {
  const none = { ref, query, warnings: [], infos: [], frame: undefined, compared: undefined };
  try {
    const [answer, before]: (MetricAnswer | undefined)[] = await Promise.all([
      queryRange(orgId, query, grid, signal),
      comparedGrid === undefined ? undefined : queryRange(orgId, query, comparedGrid, signal),
    ]);
    const naming = { legend, query: ref };
    return {
      ...none,
      error: undefined,
      warnings: answer?.warnings ?? [],
      infos: answer?.infos ?? [],
      frame: answer && prepareFrame(answer.data, naming, grid),
      compared:
        before &&
        comparedGrid &&
        shiftFrame(prepareFrame(before.data, naming, comparedGrid), grid.startMs - comparedGrid.startMs, '(before)'),
    };
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return { ...none, error: queryError(error) };
  }
}

/** The span before, as many steps long. */
function gridBefore({ startMs, endMs, stepMs }: TimeGrid): TimeGrid {
  const span = endMs - startMs + stepMs;
  return { startMs: startMs - span, endMs: endMs - span, stepMs };
}

/** How a view's queries are evaluated. */
export function gridOf(run: Run, stepSeconds: number): TimeGrid {
  return evaluationGrid(run.range, stepSeconds === 0 ? autoStepMs(run.range) : stepSeconds * 1000);
}

async function explore(orgId: string, question: Question, run: Run, signal: AbortSignal): Promise<Exploration> {
  const grid = gridOf(run, question.stepSeconds);
  const values = variableValues(grid.stepMs, run.range.endMs - run.range.startMs);
  const asked = await askedQueries(question.queries, (text) => fillVariables(text, values));
  const comparedGrid = question.compares ? gridBefore(grid) : undefined;
  const outcomes = await Promise.all(
    asked.map((each) =>
      'error' in each
        ? {
            ref: each.ref,
            query: '',
            error: queryError(each.error),
            warnings: [],
            infos: [],
            frame: undefined,
            compared: undefined,
          }
        : ask(orgId, each, grid, comparedGrid, signal),
    ),
  );
  const answered = question.showsExemplars ? outcomes.filter(({ error }) => error === undefined) : [];
  const exemplars = await Promise.all(answered.map(({ query }) => queryExemplars(orgId, query, run.range, signal)));
  return {
    outcomes,
    frames: [...outcomes.flatMap(({ frame }) => frame ?? []), ...outcomes.flatMap(({ compared }) => compared ?? [])],
    exemplars: exemplars.flat(),
    grid,
  };
}

/** The part of a query that makes its answer. */
function questionOf({ ref, isFormula, text, legend, isHidden }: ViewQuery): readonly unknown[] {
  return [ref, isFormula, text, legend, isHidden];
}

/** Asks the queries of a view, all at once; the error of one does not hide the others. */
export function useExploration(orgId: string, view: MetricsView, run: Run) {
  const { queries, compares, showsExemplars, stepSeconds } = view;
  return useQuery({
    queryKey: ['metrics', 'exploration', run.id, queries.map(questionOf), compares, showsExemplars, stepSeconds],
    queryFn: ({ signal }) => explore(orgId, { queries, compares, showsExemplars, stepSeconds }, run, signal),
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
    // Comparing thousands of numbers costs more than drawing them.
    structuralSharing: false,
  });
}
