import { expect, it } from 'vitest';
import type { LooseObject } from './loose-json.ts';
import { Remarks } from './remarks.ts';
import { oldTableColumnsOf, tableColumnsOf } from './table-columns.ts';

/** What a table shows, its columns as `field=title`, those that are hidden in parentheses; and what is said not to be as it was. */
function shown(panel: LooseObject, read = tableColumnsOf) {
  const remarks = new Remarks();
  const { columns, hasOtherColumns, sortBy, isSortedDown } = read({ type: 'table', ...panel }, remarks.of('Table'));
  return {
    columns: columns.map(({ field, title, isHidden }) => (isHidden ? `(${field})` : `${field}=${title}`)),
    others: hasOtherColumns,
    sort: isSortedDown ? `-${sortBy}` : sortBy,
    all: columns,
    lost: remarks.all.map(({ what }) => what),
  };
}

const organize = (excludeByName: object, indexByName: object, renameByName: object) => ({
  id: 'organize',
  options: { excludeByName, indexByName, renameByName },
});

it('takes order, names and hidden ones of “organize”; numbered ones stand for what they number', () => {
  const transformations = [
    { id: 'seriesToColumns', options: { byField: 'ship' } },
    organize(
      { Time: true, 'crew 1': true, 'crew 2': true, ship: false, 'ship 2': true },
      { 'Value #B': 1, 'Value #A': 2, ship: 0 },
      { 'Value #A': 'Sails', ship: 'Ship' },
    ),
  ];
  expect(shown({ transformations })).toMatchObject({
    columns: ['ship=Ship', 'Value B=', 'Value A=Sails', '(crew)'],
    others: true,
    lost: [],
  });
});

it('names two fields each as the other was called', () => {
  const transformations = [organize({}, { crew: 0, ship: 1 }, { crew: 'ship', ship: 'crew' })];
  expect(shown({ transformations }).columns).toEqual(['crew=ship', 'ship=crew']);
});

it('shows nothing but what values are grouped by, by whichever name it has by then', () => {
  const fields = {
    'Value #A': { operation: 'aggregate', aggregations: ['lastNotNull'] },
    ship: { operation: 'groupby', aggregations: [] },
    crew: { aggregations: [] },
  };
  const transformations = [
    { id: 'groupBy', options: { fields } },
    organize({}, {}, { 'Value #A (lastNotNull)': 'Sails', ship: 'Ship' }),
    { id: 'sortBy', options: { sort: [{ field: 'Sails', desc: true }] } },
  ];
  expect(shown({ transformations })).toMatchObject({
    columns: ['Value A=Sails', 'ship=Ship'],
    others: false,
    sort: '-Value A',
  });
});

it('keeps labels and fields that are chosen, of those that were left before', () => {
  const transformations = [
    { id: 'labelsToFields', options: { keepLabels: ['ship', 'crew'], mode: 'columns' } },
    { id: 'filterFieldsByName', options: { include: { names: ['crew', 'port'] }, exclude: {} } },
    { id: 'reduce', options: {}, disabled: true },
  ];
  const options = { sortBy: [{ displayName: 'crew', desc: false }] };
  const targets = [{ expr: 'ships' }];
  expect(shown({ targets, transformations, options })).toMatchObject({
    columns: ['crew='],
    others: false,
    sort: 'crew',
    lost: [],
  });
});

it('carries what overrides say of a column by its new name, and says what it does not', () => {
  const transformations = [organize({}, {}, { Value: 'Load', state: 'State' }), { id: 'calculateField', options: {} }];
  const mappings = [{ type: 'value', options: { sunk: { text: 'Sunk', color: 'red' } } }];
  const overrides = [
    {
      matcher: { id: 'byName', options: 'Load' },
      properties: [
        { id: 'unit', value: 'bytes' },
        { id: 'decimals', value: 2 },
      ],
    },
    {
      matcher: { id: 'byName', options: 'state' },
      properties: [
        { id: 'mappings', value: mappings },
        { id: 'links', value: [{}] },
      ],
    },
    { matcher: { id: 'byRegexp', options: '/^St/' }, properties: [{ id: 'decimals', value: 1 }] },
    { matcher: { id: 'byType', options: 'number' }, properties: [] },
  ];
  const { all, lost } = shown({ transformations, fieldConfig: { overrides } });
  expect(all).toMatchObject([
    { field: 'Value', title: 'Load', unit: 'bytes', decimals: 2 },
    { field: 'state', title: 'State', decimals: 1, mappings: [{ value: 'sunk', text: 'Sunk', color: '#F2495C' }] },
  ]);
  expect(lost).toEqual([
    'the transformation “calculateField”',
    'overrides by the rule “byType”',
    'the override of “links” of a column',
  ]);
});

it('reads the styles of old tables', () => {
  const styles = [
    { pattern: 'Time', type: 'date' },
    { pattern: '/.*/', type: 'number' },
    { pattern: 'Value #A', alias: 'Load', type: 'number', unit: 'bytes', decimals: '1' },
    { pattern: 'crew', type: 'hidden' },
  ];
  expect(shown({ styles }, oldTableColumnsOf)).toMatchObject({
    columns: ['Value A=Load', '(crew)'],
    all: [{ unit: 'bytes', decimals: 1 }, {}],
    lost: [],
  });
});
