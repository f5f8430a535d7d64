import { DashboardContent, NewDashboard } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { completeDashboard } from './complete-dashboard.ts';

const complete = (given: object) => completeDashboard(NewDashboard.parse({ title: 'x', ...given }));

it('a query alone makes a panel', () => {
  const { panels } = complete({ panels: [{ query: 'up' }] });
  expect(panels).toMatchObject([
    {
      id: 'panel-1',
      type: 'timeseries',
      grid: { x: 0, y: 0, w: 12, h: 8 },
      queries: [{ ref: 'A', language: 'promql', query: 'up', legend: '', isHidden: false, isInstant: false }],
      options: { draw: 'line' },
    },
  ]);
});

it('ids and refs that were left out take what is free', () => {
  const queries = [{ query: 'a' }, { query: 'b', ref: 'A' }, { query: 'c' }];
  const { panels } = complete({ panels: [{}, { id: 'panel-1', queries }, {}] });
  expect(panels.map(({ id }) => id)).toEqual(['panel-2', 'panel-1', 'panel-3']);
  expect(panels[1]?.queries.map(({ ref }) => ref)).toEqual(['B', 'A', 'C']);
  const many = complete({ panels: [{ queries: Array.from({ length: 26 }, () => ({ query: 'x' })) }] });
  expect(many.panels[0]?.queries.at(-1)?.ref).toBe('Z');
});

it('panels without a place lie below the others, two beside each other', () => {
  const grid = { x: 4, y: 10, w: 24, h: 5 };
  const { panels } = complete({ panels: [{}, { grid }, {}, { type: 'row' }, {}] });
  expect(panels.map((panel) => Object.values(panel.grid).join())).toEqual([
    '0,15,12,8',
    '4,10,20,5',
    '12,15,12,8',
    '0,23,24,1',
    '0,24,12,8',
  ]);
});

it('what must be unique is, or is refused by its place', () => {
  const queries = [
    { query: 'a', ref: 'A' },
    { query: 'b', ref: 'A' },
  ];
  const variable = { name: 'host', type: 'text' };
  const given = { panels: [{ id: '1' }, { id: '1', queries }], variables: [variable, variable] };
  expect(() => complete(given)).toThrow(
    expect.objectContaining({
      code: 'invalid-request',
      members: {
        errors: [
          { path: '/panels/1/id', message: expect.any(String) },
          { path: '/panels/1/queries/1/ref', message: expect.any(String) },
          { path: '/variables/1/name', message: expect.any(String) },
        ],
      },
    }),
  );
  const full = Array.from({ length: 26 }, () => ({ query: 'x' }));
  expect(() => complete({ panels: [{ query: 'up', queries: full }] })).toThrow(/\/panels\/0\/query/);
});

it('what is complete stays as it is, without members that nobody knows', () => {
  const panel = fc.record(
    { query: fc.string(), title: fc.string(), type: fc.constantFrom('stat', 'row', 'logs'), unknown: fc.anything() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(panel, { maxLength: 20 }), (panels) => {
      const once = complete({ panels, unknown: 1 });
      expect(completeDashboard(NewDashboard.parse(once))).toEqual(once);
      expect(DashboardContent.strict().parse(once)).toEqual(once);
      expect(new Set(once.panels.map(({ id }) => id)).size).toBe(panels.length);
    }),
    { numRuns: 50 },
  );
});
