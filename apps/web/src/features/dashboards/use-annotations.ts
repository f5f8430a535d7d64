import type { DashboardAnnotation } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import type { ChartAnnotation } from '../../charts/metrics/frame.ts';
import { timestampMs } from '../../lib/timestamp.ts';
import type { Run } from '../../lib/use-run.ts';
import { evaluationGrid } from '../metrics/view/query-step.ts';
import { askQuestion, type QueryAnswer } from './panels/ask-panel.ts';
import { builtInVariables, stepSeconds } from './variables/built-in-variables.ts';
import { substituteQuery } from './variables/substitute.ts';
import type { VariableScope } from './variables/variable-scope.ts';

/** Moments of one annotation that are marked; more would be a wall. */
const MARKS_MAX = 100;

const NONE: readonly ChartAnnotation[] = [];

/** The moments that an answer marks: where a series becomes other than 0, and each log. */
export function marksOf(
  { name, color }: DashboardAnnotation,
  { frame, logs }: QueryAnswer,
): readonly ChartAnnotation[] {
  const isOn = (value: number | null | undefined): boolean => value !== null && value !== undefined && value !== 0;
  const turns = frame.series.flatMap(({ label, values }) =>
    frame.times.flatMap((ms, index) =>
      isOn(values[index]) && !isOn(values[index - 1]) ? [{ ms, text: `${name}: ${label}`, color }] : [],
    ),
  );
  const logged = logs.map(({ timestamp, message }) => ({
    ms: timestampMs(timestamp),
    text: `${name}: ${message.slice(0, 200)}`,
    color,
  }));
  return [...turns, ...logged].slice(0, MARKS_MAX);
}

/** The moments that a dashboard's annotations mark in all its panels. */
export function useAnnotations(
  orgId: string,
  annotations: readonly DashboardAnnotation[],
  variables: VariableScope | undefined,
  run: Run,
): readonly ChartAnnotation[] {
  const asked = annotations.filter(({ isEnabled, query }) => isEnabled && query.trim() !== '');
  const step = stepSeconds(run.range, 500);
  const scope: VariableScope = new Map([...builtInVariables(run.range, step), ...(variables ?? [])]);
  const questions = asked.map(({ query }) => substituteQuery(query, scope));
  const { data = NONE } = useQuery({
    queryKey: ['annotations', orgId, run.id, JSON.stringify(asked), questions],
    queryFn: async ({ signal }) => {
      const settled = await Promise.allSettled(
        asked.map(async (annotation, index) => {
          const { language } = annotation;
          const question = { ref: '', language, query: questions[index] ?? '', legend: '', isInstant: false };
          return marksOf(
            annotation,
            await askQuestion(orgId, question, evaluationGrid(run.range, step * 1000), signal),
          );
        }),
      );
      // One that fails marks nothing; its editor says why.
      return settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    },
    enabled: asked.length > 0 && variables !== undefined,
    gcTime: 30_000,
  });
  return asked.length === 0 ? NONE : data;
}
