import { PanelOptions } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { DEFAULT_METRICS_VIEW } from '../view/metrics-view.ts';
import { panelOf } from './metrics-panel.ts';
import { queryCurl } from './query-curl.ts';
import { traceLogsQuery } from './trace-logs-query.ts';

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

it('an exemplar leads to the logs of its trace, around its time', () => {
  const parameters = traceLogsQuery({ trace_id: 'ab"c' }, Date.parse('2026-01-01T12:00:00Z'));
  expect(Object.fromEntries(parameters)).toEqual({
    q: '{trace_id="ab\\"c"}',
    from: '2026-01-01T11:00:00.000Z',
    to: '2026-01-01T13:00:00.000Z',
  });
});
