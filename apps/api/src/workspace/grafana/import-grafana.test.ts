import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NewDashboard } from '@aegisguard/model';
import { parseQuery } from '@aegisguard/promql';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { completeDashboard } from '../complete-dashboard.ts';
import { importGrafana } from './import-grafana.ts';
import { NEW_DASHBOARD, OLD_DASHBOARD } from './testing/sample-dashboards.ts';

const boats = importGrafana(NEW_DASHBOARD);
const panelOf = (title: string) => boats.content.panels.find((panel) => panel.title === title);
const remarksOf = (panel: string | null) =>
  boats.notCarried.filter((remark) => remark.panel === panel).map(({ what }) => what);

describe('a dashboard of these days', () => {
  it('keeps what it is called and when it shows', () => {
    expect(boats.content).toMatchObject({
      title: 'Boats',
      description: 'What the boats do',
      tags: ['sea'],
      from: 'now-6h',
      to: 'now',
      refreshSeconds: 60,
    });
    expect(remarksOf(null)).toEqual([
      'links',
      'the variable “source” of data sources',
      'the query of the variable “series”',
      'names of values of the variable “size”',
      'the automatic step of the variable “step”',
      'the variable “filter” of the type “adhoc”',
      'the variable “no name”',
      'the annotation “Notes”',
      'the time zone utc',
    ]);
  });

  it('keeps how a chart is drawn, and says what it cannot keep', () => {
    expect(panelOf('Speed')).toMatchObject({
      id: '3',
      type: 'timeseries',
      description: 'Over ground',
      grid: { x: 0, y: 0, w: 16, h: 8 },
      repeat: 'boat',
      options: {
        draw: 'area',
        stacking: 'percent',
        unit: 'ms',
        decimals: 1,
        min: 0,
        max: null,
        isLogScale: true,
        legend: 'table',
        legendValues: ['avg', 'last'],
        thresholds: [
          { value: null, color: '#73BF69' },
          { value: 80, color: '#E02F44' },
        ],
        mappings: [{ value: '1', from: null, to: null, text: 'on', color: '' }],
        seriesColors: [{ name: 'A', color: '#F2495C' }],
      },
    });
    expect(remarksOf('Speed')).toEqual([
      'transformations',
      'a query',
      'the calculation “stdDev”',
      'the override of “custom.lineWidth” of a series',
    ]);
  });

  it('keeps the queries of PromQL, LogQL and mathematics', () => {
    expect(panelOf('Speed')?.queries).toMatchObject([
      { ref: 'A', language: 'promql', query: 'rate(way_metres[$__rate_interval])', legend: '{{boat}}', isHidden: true },
      { language: 'promql', query: 'sum(tide)', legend: '', isInstant: true },
      { ref: 'C', language: 'formula', query: 'A / B * 100' },
    ]);
    expect(panelOf('Logs')?.queries).toMatchObject([{ language: 'logql', query: '{service="boat"} |= `x`' }]);
    // Somebody's name for a data source says nothing; what is called `expr` is PromQL then.
    expect(panelOf('Tank')?.queries).toMatchObject([{ language: 'promql', query: 'tank' }]);
  });

  it('opens folded rows, moving down what is below them', () => {
    const places = boats.content.panels.map(({ title, grid }) => [title, grid?.x, grid?.y, grid?.w]);
    expect(places.slice(0, 5)).toEqual([
      ['Speed', 0, 0, 16],
      ['Tank', 16, 0, 8],
      ['Folded', 0, 8, 24],
      ['Logs', 0, 9, 24],
      ['Cargo', 0, 15, 8],
    ]);
    expect(panelOf('Folded')).toMatchObject({ type: 'row', options: { isCollapsed: true } });
  });

  it('puts another panel where there is none of its type', () => {
    expect(panelOf('Cargo')).toMatchObject({ type: 'bar', queries: [{ isInstant: true }] });
    expect(remarksOf('Cargo')).toEqual(['a pie chart']);
    expect(panelOf('Prices')).toMatchObject({ type: 'text', queries: [{ query: 'price' }] });
    expect(panelOf('Prices')?.options.text).toContain('candlestick');
    expect(remarksOf('Prices')).toEqual(['a panel of the type “candlestick”']);
    expect(panelOf('Shared')).toMatchObject({ type: 'stat', grid: { x: 0, y: 19 } });
    expect(boats.content.panels.at(-1)).toMatchObject({ type: 'text' });
    expect(boats.content.panels.find(({ id }) => id === '6')?.options.text).toBe('# Ahoy ');
  });

  it('makes values of thresholds in percent, and a suffix of a unit that somebody made up', () => {
    expect(panelOf('Tank')?.options).toMatchObject({
      unit: 'suffix: litres of/h',
      reduce: 'max',
      thresholds: [
        { value: null, color: '#F2495C' },
        { value: 25, color: '#00ff00' },
      ],
    });
  });

  it('keeps variables', () => {
    expect(boats.content.variables).toMatchObject([
      {
        name: 'boat',
        label: 'Boat',
        type: 'query',
        query: 'label_values(way_metres, boat)',
        regex: '(?i)^(.*)-\\d',
        isMulti: true,
        hasAll: true,
        allValue: '.+',
        sort: 'number',
        current: ['$__all'],
      },
      { name: 'series', type: 'custom', options: ['b', 'a'], current: ['a'] },
      { name: 'size', type: 'custom', options: ['1', '2', 'a,b'], current: ['2'] },
      { name: 'step', type: 'interval', options: ['1m', '10m'], current: [] },
      { name: 'word', type: 'text', current: ['ahoy'] },
      { name: 'zone', type: 'constant', query: 'north', current: ['north'], isHidden: true },
    ]);
  });

  it('keeps annotations by queries', () => {
    expect(boats.content.annotations).toEqual([
      { name: 'Restarts', language: 'promql', query: 'changes(x[1m])', color: '#F2495C', isEnabled: true },
    ]);
  });
});

it('a dashboard of rows, graphs and single numbers', () => {
  const { content, notCarried } = importGrafana(OLD_DASHBOARD);
  expect(content.panels.map(({ type, title, grid }) => [type, title, ...Object.values(grid ?? {})])).toEqual([
    ['row', 'First', 0, 0, 24, 1],
    ['timeseries', 'Speed', 0, 1, 16, 7],
    ['gauge', 'Boats', 16, 1, 8, 7],
    ['table', 'All', 0, 8, 8, 7],
    ['row', 'Second', 0, 15, 24, 1],
    ['text', '', 0, 16, 24, 7],
  ]);
  expect(content.panels[1]?.options).toMatchObject({
    draw: 'line',
    stacking: 'normal',
    unit: 'bytes',
    min: 0,
    max: null,
    isLogScale: true,
    legend: 'table',
    legendValues: ['avg', 'last'],
    thresholds: [{ value: 5, color: '#F2495C' }],
  });
  expect(content.panels[2]?.options).toMatchObject({
    unit: 'percent',
    min: 0,
    max: 100,
    reduce: 'avg',
    thresholds: [
      { value: null, color: '#73BF69' },
      { value: 50, color: 'rgba(237, 129, 40, 0.89)' },
      { value: 80, color: '#F2495C' },
    ],
  });
  expect(content.panels[4]).toMatchObject({ repeat: 'boat', options: { isCollapsed: true } });
  expect(notCarried.map(({ panel, what }) => `${panel}: ${what}`)).toEqual([
    'Speed: an alert',
    'Speed: a factor of the step',
    'Speed: how gaps are drawn',
    'Speed: the name of an axis',
    'Speed: a threshold downwards',
    ': HTML',
  ]);
});

it('keeps the least step of a query, else that of its panel', () => {
  const targets = [{ expr: 'a', interval: '$resolution' }, { expr: 'b' }];
  const { content } = importGrafana({ schemaVersion: 39, panels: [{ type: 'timeseries', interval: '1m', targets }] });
  expect(content.panels[0]?.queries.map(({ minStep }) => minStep)).toEqual(['$resolution', '1m']);
});

describe('numbers of the Grafanas between', () => {
  const importPanel = (options: object) => {
    const panels = [{ type: 'gauge', title: 'x', gridPos: { x: 0, y: 0, w: 4, h: 4 }, options }];
    return importGrafana({ title: 'x', schemaVersion: 18, panels }).content.panels[0]?.options;
  };
  const thresholds = [
    { value: null, color: 'green' },
    { value: 70, color: 'red' },
  ];
  const wanted = { unit: 'bytes', min: 0, max: 90, reduce: 'avg', thresholds: [{ value: null }, { value: 70 }] };

  it.each([
    ['6.0', { valueOptions: { unit: 'bytes', stat: 'mean' }, minValue: 0, maxValue: '90', thresholds }],
    ['6.4', { fieldOptions: { calcs: ['mean'], defaults: { unit: 'bytes', min: 0, max: 90 }, thresholds } }],
    [
      '6.7',
      {
        fieldOptions: {
          calcs: ['mean'],
          defaults: { unit: 'bytes', min: 0, max: 90, thresholds: { steps: thresholds } },
        },
      },
    ],
  ])('%s', (_, options) => {
    expect(importPanel(options)).toMatchObject(wanted);
  });
});

describe('a dashboard that is to be a burden', () => {
  const many = Array.from({ length: 150_000 }, () => ({}));

  it.each([
    ['panels', { panels: many }],
    ['panels of a row', { panels: [{ type: 'row', panels: many }] }],
    ['panels of an old row', { rows: [{ panels: many }] }],
    ['old rows', { rows: [{ showTitle: true }, ...many] }],
  ])('of too many %s is cut', (_, dashboard) => {
    const { content, notCarried } = importGrafana(dashboard);
    expect(content.panels).toHaveLength(500);
    expect(notCarried.map(({ what }) => what)).toContain('panels');
  });

  it('of a variable of blanks is read in time that grows as its length', () => {
    const query = `${' '.repeat(300_000)}b,c${' '.repeat(300_000)}: ${' '.repeat(300_000)}d`;
    const variable = { type: 'custom', name: 'a', query };
    const { content } = importGrafana({ templating: { list: [variable] } });
    expect(content.variables[0]?.options).toEqual(['b', 'd']);
  });
});

const suite = suitePath('dashboards');

describe.skipIf(suite === undefined)('dashboards of others (need AEGIS_SUITES_DIR)', () => {
  const files = suite === undefined ? [] : readdirSync(suite).filter((name) => name.endsWith('.json'));

  it.each(files)('%s is carried over, and what it asks is PromQL', (name) => {
    const sent = JSON.parse(readFileSync(join(suite ?? '', name), 'utf8'));
    const { content } = importGrafana(sent);
    const dashboard = completeDashboard(NewDashboard.parse(content));
    const queries = dashboard.panels.flatMap((panel) => panel.queries);
    const asked = JSON.stringify(sent).match(/"expr":"(?!")/g) ?? [];
    expect(queries.length).toBe(asked.length);
    for (const { query } of queries) {
      expect(() => parseQuery(withValues(query)), query).not.toThrow();
    }
    expect(dashboard.panels.filter(({ type }) => type === 'text')).toEqual([]);
  });
});

describe.skipIf(suite === undefined)('what is not carried of them', () => {
  it('is this', () => {
    const files = readdirSync(suite ?? '').filter((name) => name.endsWith('.json'));
    const remarks = files.flatMap(
      (name) => importGrafana(JSON.parse(readFileSync(join(suite ?? '', name), 'utf8'))).notCarried,
    );
    expect([...new Set(remarks.map(({ what }) => what))].sort()).toEqual([
      'a value for each row',
      'exemplars',
      'links of values',
      'the annotation “oncall”',
      'the annotation “terraform”',
      'the name of an axis',
      'the override of “custom.fillOpacity” of a series',
      'the override of “links” of a column',
      'the variable “datasource” of data sources',
      'transformations',
    ]);
  });
});

/** A query with something in the place of each variable. */
function withValues(query: string): string {
  return query
    .replaceAll(/\$__(?:rate_)?interval\b|\$__range\b|\$\{?resolution\}?/g, '5m')
    .replaceAll(/\$\{?\w+\}?/g, 'x');
}
