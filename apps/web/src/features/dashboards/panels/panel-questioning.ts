import type { DashboardPanel } from '@aegisguard/model';
import type { TimeGrid } from '../../../charts/metrics/prepare-frame.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { evaluationGrid } from '../../metrics/view/query-step.ts';
import { builtInVariables, stepSeconds } from '../variables/built-in-variables.ts';
import { substituteQuery } from '../variables/substitute.ts';
import type { VariableScope } from '../variables/variable-scope.ts';

/** With what the queries of a panel are asked. */
interface PanelQuestioning {
  readonly grid: TimeGrid;
  /** The dashboard's variables and the built-in ones. */
  readonly scope: VariableScope;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Whole seconds of `30s`, `1m`, `>10s`; undefined for what is none. */
function leastSeconds(text: string): number | undefined {
  const [, count, unit = 's'] = /^>?\s*(\d{1,9})(ms|[smhdw])?$/.exec(text.trim()) ?? [];
  return count === undefined ? undefined : Math.max(1, Math.ceil(Number(count) * (SECONDS[unit] ?? 1)));
}

/** The step that suits a panel's width, or the largest least one of its queries: they share one axis. */
export function panelQuestioning(
  { queries }: Pick<DashboardPanel, 'queries'>,
  variables: VariableScope,
  range: ResolvedRange,
  width: number,
): PanelQuestioning {
  const plain = new Map([...builtInVariables(range, stepSeconds(range, width)), ...variables]);
  const least = queries
    .filter(({ isHidden }) => !isHidden)
    .flatMap(({ minStep }) => leastSeconds(substituteQuery(minStep, plain)) ?? []);
  const collected = least.length === 0 ? undefined : Math.max(...least);
  const step = stepSeconds(range, width, collected);
  return {
    grid: evaluationGrid(range, step * 1000),
    scope: new Map([...builtInVariables(range, step, collected), ...variables]),
  };
}
