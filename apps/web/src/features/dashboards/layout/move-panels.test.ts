import { DashboardPanel } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addPanel, duplicatePanel, movePanels, removePanel } from './move-panels.ts';
import { placePanels } from './place-panels.ts';

const panel = (id: string, y: number, more: object = {}): DashboardPanel =>
  DashboardPanel.parse({ id, type: 'stat', grid: { x: 0, y, w: 24, h: 2 }, ...more });
const row = (id: string, y: number): DashboardPanel => panel(id, y, { type: 'row', grid: { x: 0, y, w: 24, h: 1 } });

const places = (panels: readonly DashboardPanel[]): readonly string[] =>
  panels.map(({ id, grid }) => `${id} ${grid.y}`);

it('folding, moving nothing and taking it over changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 8 }), fc.array(fc.nat(7)), (areRows, folded) => {
      let y = 0;
      const panels = areRows.map((isRow, index) => {
        const made = isRow ? row(`${index}`, y) : panel(`${index}`, y);
        y += made.grid.h;
        return made;
      });
      const isFolded = ({ id }: DashboardPanel): boolean => folded.includes(Number(id));
      const placed = placePanels(panels, [], isFolded);
      const moved = movePanels(panels, new Map(placed.map(({ key, grid }) => [key, grid])), isFolded);
      expect(places(moved)).toEqual(places(panels));
    }),
  );
});

it('what a folded row hides goes with it', () => {
  const panels = [row('r', 0), panel('a', 1), row('s', 3), panel('b', 4)];
  const moved = movePanels(
    panels,
    new Map([
      ['s', { x: 0, y: 0, w: 24, h: 1 }],
      ['r', { x: 0, y: 1, w: 24, h: 1 }],
    ]),
    () => true,
  );
  expect(places(moved)).toEqual(['s 0', 'b 1', 'r 3', 'a 4']);
});

it('a copy stands beside its panel where there is room, else below', () => {
  const narrow = panel('1', 0, { grid: { x: 0, y: 0, w: 12, h: 2 } });
  expect(duplicatePanel([narrow], '1').at(-1)).toMatchObject({ id: '2', grid: { x: 12, y: 0 } });
  expect(places(duplicatePanel([panel('1', 0), panel('2', 2)], '1'))).toEqual(['1 0', '2 4', '3 2']);
});

it('adds below all, and removes a row alone or with its panels', () => {
  const panels = [row('1', 0), panel('2', 1)];
  expect(places(addPanel(panels, panel('x', 0)))).toEqual(['1 0', '2 1', '3 3']);
  expect(places(removePanel(panels, '1'))).toEqual(['2 1']);
  expect(removePanel(panels, '1', true)).toEqual([]);
});
