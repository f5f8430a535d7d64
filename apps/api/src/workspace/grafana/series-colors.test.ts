import { expect, it } from 'vitest';
import { Remarks } from './remarks.ts';
import { oldSeriesColorsOf, seriesColorsOf } from './series-colors.ts';

const color = (fixedColor: string) => ({ id: 'color', value: { mode: 'fixed', fixedColor } });

it('gives series their colours by name, by regex and by query, where their names are known', () => {
  const targets = [
    { refId: 'A', legendFormat: 'Busy user' },
    { refId: 'B', legendFormat: 'Idle' },
    { refId: 'C', legendFormat: '{{mode}}' },
  ];
  const overrides = [
    { matcher: { id: 'byName', options: 'total' }, properties: [color('red')] },
    { matcher: { id: 'byRegexp', options: '/^busy/i' }, properties: [color('#123456')] },
    { matcher: { id: 'byFrameRefID', options: 'B' }, properties: [color('blue')] },
    { matcher: { id: 'byFrameRefID', options: 'C' }, properties: [color('green')] },
    { matcher: { id: 'byRegexp', options: '/(?=x)/' }, properties: [color('green')] },
  ];
  const remarks = new Remarks();
  expect(seriesColorsOf({ targets, fieldConfig: { overrides } }, remarks.of(null))).toEqual([
    { name: 'total', color: '#F2495C' },
    { name: 'Busy user', color: '#123456' },
    { name: 'Idle', color: '#5794F2' },
  ]);
  expect(remarks.all.map(({ what }) => what)).toEqual([
    'overrides by the rule “byFrameRefID”',
    'overrides by the rule “byRegexp”',
  ]);
});

it('takes the colours of old graphs', () => {
  const remarks = new Remarks();
  const panel = {
    aliasColors: { out: 'red' },
    seriesOverrides: [
      { alias: 'in', color: '#00ff00' },
      { alias: '/x/', color: 'red' },
      { alias: 'both', yaxis: 2 },
    ],
  };
  expect(oldSeriesColorsOf(panel, remarks.of(null))).toEqual([
    { name: 'out', color: '#F2495C' },
    { name: 'in', color: '#00ff00' },
  ]);
  expect(remarks.all.map(({ what }) => what)).toEqual(['overrides of series']);
});
