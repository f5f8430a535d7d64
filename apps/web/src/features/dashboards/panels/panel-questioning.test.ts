import { PanelQuery } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { single, type VariableScope } from '../variables/variable-scope.ts';
import { panelQuestioning } from './panel-questioning.ts';

const HOUR = { startMs: 0, endMs: 3_600_000 };
const VARIABLES: VariableScope = new Map([['resolution', single('1m')]]);

/** The step and the window of `rate()` for queries with these least steps. */
function stepAndWindow(...minSteps: readonly string[]): readonly (number | string | undefined)[] {
  const queries = minSteps.map((minStep, index) => PanelQuery.parse({ ref: `Q${index}`, query: 'up', minStep }));
  const { grid, scope } = panelQuestioning({ queries }, VARIABLES, HOUR, 1000);
  return [grid.stepMs / 1000, scope.get('__rate_interval')?.values[0]];
}

it('asks in steps of the least step, where the width would allow smaller ones', () => {
  expect(stepAndWindow('')).toEqual([15, '1m']);
  expect(stepAndWindow('$resolution')).toEqual([60, '4m']);
  expect(stepAndWindow('30s', '>2m', 'nonsense')).toEqual([120, '8m']);
  expect(stepAndWindow('5s')).toEqual([5, '20s']);
});

it('goes with the width where that asks for more', () => {
  const queries = [PanelQuery.parse({ ref: 'A', query: 'up', minStep: '30s' })];
  const { grid, scope } = panelQuestioning({ queries }, VARIABLES, { startMs: 0, endMs: 86_400_000 }, 100);
  expect([grid.stepMs / 1000, scope.get('__rate_interval')?.values[0]]).toEqual([900, '930s']);
});
