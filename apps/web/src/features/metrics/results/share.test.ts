import { PanelOptions } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { DEFAULT_METRICS_VIEW } from '../view/metrics-view.ts';
import { panelOf } from './metrics-panel.ts';
import { queryCurl } from './query-curl.ts';

it('a command keeps quotes from the shell', () => {
  const command = queryCurl('http://x', "up{a='b'}", { startMs: 0, endMs: 60_000, stepMs: 15_000 });
  expect(command).toContain(`'query=up{a='\\''b'\\''}'`);
  expect(command).toContain('-d start=0 -d end=60 -d step=15');
});

it('a panel shows what the page shows', () => {
  const query = { ref: 'A', isFormula: false, text: 'up', legend: '', isHidden: false };
  const panel = panelOf({ ...DEFAULT_METRICS_VIEW, queries: [query], display: 'stacked', unit: 'ops' }, 'Up');
  expect(panel).toMatchObject({
    type: 'timeseries',
    title: 'Up',
    queries: [{ ref: 'A', language: 'promql', query: 'up' }],
  });
  expect(PanelOptions.parse(panel.options)).toMatchObject({ draw: 'area', stacking: 'normal', unit: 'ops' });
});
