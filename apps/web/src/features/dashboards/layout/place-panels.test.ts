import { DashboardPanel, DashboardVariable } from '@aegisguard/model';
import { expect, it } from 'vitest';
import type { ResolvedVariable } from '../variables/resolved-variable.ts';
import { placePanels } from './place-panels.ts';

const panel = (id: string, x: number, y: number, w: number, h: number, more: object = {}): DashboardPanel =>
  DashboardPanel.parse({ id, type: 'stat', grid: { x, y, w, h }, ...more });
const row = (id: string, y: number, more: object = {}): DashboardPanel =>
  panel(id, 0, y, 24, 1, { type: 'row', ...more });

const RESOLVED: readonly ResolvedVariable[] = [
  {
    variable: DashboardVariable.parse({ name: 'v', type: 'custom' }),
    offered: [],
    value: { values: ['a', 'b', 'c'], allValue: '', isAll: false },
    problem: undefined,
  },
];

const lines = (panels: readonly DashboardPanel[], folded: readonly string[] = []): readonly string[] =>
  placePanels(panels, RESOLVED, ({ id }) => folded.includes(id)).map(
    ({ key, grid: { x, y, w, h } }) => `${key} ${x},${y} ${w}×${h}`,
  );

it('panels stay where they are', () => {
  expect(lines([panel('b', 12, 0, 12, 8), panel('a', 0, 0, 12, 8), row('r', 8), panel('c', 0, 9, 24, 4)])).toEqual([
    'a 0,0 12×8',
    'b 12,0 12×8',
    'r 0,8 24×1',
    'c 0,9 24×4',
  ]);
});

it('what a folded row hides takes no room', () => {
  const panels = [row('r', 0), panel('a', 0, 1, 24, 8), row('s', 9), panel('b', 0, 10, 24, 8)];
  expect(lines(panels, ['r'])).toEqual(['r 0,0 24×1', 's 0,1 24×1', 'b 0,2 24×8']);
});

it('a repeated panel is there for each value, in lines, and pushes down what is below', () => {
  expect(lines([panel('a', 0, 0, 12, 4, { repeat: 'v' }), panel('b', 0, 4, 24, 2)])).toEqual([
    'a~a 0,0 12×4',
    'a~b 12,0 12×4',
    'a~c 0,4 12×4',
    'b 0,8 24×2',
  ]);
});

it('a repeated row repeats its panels, which know the value', () => {
  const placed = placePanels([row('r', 0, { repeat: 'v' }), panel('a', 0, 1, 24, 3)], RESOLVED, () => false);
  expect(placed.map(({ key, grid }) => `${key} ${grid.y}`)).toEqual([
    'r~a 0',
    'a~a 1',
    'r~b 4',
    'a~b 5',
    'r~c 8',
    'a~c 9',
  ]);
  expect(placed[3]?.own.get('v')?.values).toEqual(['b']);
});
