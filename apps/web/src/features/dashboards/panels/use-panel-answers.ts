import type { DashboardPanel } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TimeGrid } from '../../../charts/metrics/prepare-frame.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { builtInVariables, stepSeconds } from '../variables/built-in-variables.ts';
import { substituteQuery } from '../variables/substitute.ts';
import type { VariableScope } from '../variables/variable-scope.ts';
import { askPanel, type PanelAnswers } from './ask-panel.ts';

/** How long the answer of a panel that is on no screen is kept. */
const UNUSED_KEPT_MS = 30_000;

/** The times at which a range is asked: whole steps, so that the same moments are asked again when time goes on. */
export function timeGrid(range: ResolvedRange, step: number): TimeGrid {
  const stepMs = step * 1000;
  return {
    startMs: Math.floor(range.startMs / stepMs) * stepMs,
    endMs: Math.floor(range.endMs / stepMs) * stepMs,
    stepMs,
  };
}

/** What a panel's queries answer, in steps that suit its width. Nothing is asked while `isWanted` is false. */
export function usePanelAnswers({
  orgId,
  panel,
  variables,
  range,
  width,
  isWanted,
}: {
  readonly orgId: string;
  readonly panel: DashboardPanel;
  /** Undefined while they are not known. */
  readonly variables: VariableScope | undefined;
  readonly range: ResolvedRange;
  readonly width: number;
  readonly isWanted: boolean;
}) {
  const step = stepSeconds(range, width);
  const grid = useMemo(() => timeGrid(range, step), [range, step]);
  const scope = useMemo(
    (): VariableScope => new Map([...builtInVariables(range, step), ...(variables ?? [])]),
    [variables, range, step],
  );
  const asked = panel.queries.map((query) => ({ ...query, query: substituteQuery(query.query, scope) }));
  const query = useQuery<PanelAnswers>({
    queryKey: ['panel', orgId, grid, JSON.stringify(asked)],
    queryFn: ({ signal }) => askPanel(orgId, panel, scope, grid, signal),
    enabled: isWanted && variables !== undefined && width > 0 && panel.queries.length > 0,
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
  });
  return { ...query, scope, step };
}
