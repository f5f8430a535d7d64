import { TableColumn } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { DEFAULT_CHART_OPTIONS } from './chart-options.ts';
import type { Frame } from './frame.ts';
import { metricRows } from './metric-rows.ts';

const frame = (...series: readonly (readonly [Record<string, string>, number])[]): Frame => ({
  times: [1],
  series: series.map(([labels, value]) => ({ label: '', labels, values: [value] })),
  buckets: [],
});
const column = (field: string, more: object = {}) => TableColumn.parse({ field, ...more });
const NAMES = ['A', 'B'].map((ref) => ({ ref, title: ref }));

/** The table as lines of texts, the head first. */
function table(frames: readonly Frame[], columns: readonly TableColumn[], hasOtherColumns: boolean) {
  const options = { ...DEFAULT_CHART_OPTIONS, columns: [...columns], hasOtherColumns };
  const { columns: shown, rows } = metricRows(frames, options, NAMES);
  return [
    shown.map(({ title }) => title),
    ...rows.map(({ labels, values }) => shown.map(({ by }) => (typeof by === 'number' ? values[by] : labels[by]))),
  ];
}

const USED = frame([{ claim: 'x', node: '1' }, 3], [{ claim: 'y', node: '1' }, 4]);
const TOTAL = frame([{ claim: 'x', zone: 'a' }, 9]);

it('joins queries by the labels that are shown', () => {
  const columns = [column('claim', { title: 'Claim' }), column('Value B', { title: 'Total' }), column('Value A')];
  expect(table([USED, TOTAL], columns, false)).toEqual([
    ['Claim', 'Total', 'A'],
    ['x', 9, 3],
    ['y', null, 4],
  ]);
});

it('shows other labels before the first value, and other values behind', () => {
  const columns = [column('claim'), column('Value B'), column('node', { isHidden: true })];
  expect(table([USED, TOTAL], columns, true)[0]).toEqual(['claim', 'zone', 'B', 'A']);
});

it('shows lines that read alike once, and several values in several lines', () => {
  const pods = frame([{ pod: 'p', reason: 'a' }, 1], [{ pod: 'p', reason: 'b' }, 2]);
  expect(table([pods], [column('pod')], false)).toEqual([['pod'], ['p']]);
  expect(table([pods], [column('pod'), column('Value')], false)).toEqual([
    ['pod', 'A'],
    ['p', 1],
    ['p', 2],
  ]);
});

it('leaves out columns that the answers do not have', () => {
  expect(table([TOTAL], [column('gone'), column('Value C'), column('claim')], false)).toEqual([['claim'], ['x']]);
});
