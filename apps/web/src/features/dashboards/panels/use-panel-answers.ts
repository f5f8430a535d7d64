import type { DashboardPanel } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { substituteQuery } from '../variables/substitute.ts';
import type { VariableScope } from '../variables/variable-scope.ts';
import { askPanel, type PanelAnswers } from './ask-panel.ts';
import { panelQuestioning } from './panel-questioning.ts';

/** How long the answer of a panel that is on no screen is kept. */
const UNUSED_KEPT_MS = 30_000;

const NO_VARIABLES: VariableScope = new Map();

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
  const { grid, scope } = useMemo(
    () => panelQuestioning(panel, variables ?? NO_VARIABLES, range, width),
    [panel, variables, range, width],
  );
  const asked = panel.queries.map((query) => ({ ...query, query: substituteQuery(query.query, scope) }));
  const query = useQuery<PanelAnswers>({
    queryKey: ['panel', orgId, grid, JSON.stringify(asked)],
    queryFn: ({ signal }) => askPanel(orgId, panel, scope, grid, signal),
    enabled: isWanted && variables !== undefined && width > 0 && panel.queries.length > 0,
    placeholderData: keepPreviousData,
    gcTime: UNUSED_KEPT_MS,
  });
  return { ...query, scope };
}
