import { logsPath } from '../../app/paths.ts';
import { absoluteRange } from '../../lib/time-range.ts';
import type { PlacedPanel } from './layout/place-panels.ts';
import { panelQuestion } from './panels/ask-panel.ts';
import type { DashboardLook } from './panels/dashboard-look.ts';
import { builtInVariables, stepSeconds } from './variables/built-in-variables.ts';

/** Opens a panel's queries, with values for their variables, in the explorer of their language. */
export async function openInExplorer(
  { panel, own }: PlacedPanel,
  { orgId, range, variables }: DashboardLook,
): Promise<void> {
  const step = stepSeconds(range, 1000);
  const scope = new Map([...builtInVariables(range, step), ...(variables ?? []), ...own]);
  const questions = await Promise.all(panel.queries.map((query) => panelQuestion(query, panel, scope)));
  const [first] = questions;
  if (first === undefined) {
    return;
  }
  const { from, to } = absoluteRange(range.startMs, range.endMs);
  const search = new URLSearchParams({ query: first.query, from, to });
  window.open(`${logsPath(orgId)}?${search}`, '_blank', 'noopener');
}
