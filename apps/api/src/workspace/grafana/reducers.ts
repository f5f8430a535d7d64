// https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/calculation-types/
import type { PanelOptions } from '@aegisguard/model';
import { listOf, textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';

type Reduce = PanelOptions['reduce'];

const REDUCERS: ReadonlyMap<string, Reduce> = new Map([
  ['last', 'last'],
  ['lastNotNull', 'last'],
  ['current', 'last'],
  ['min', 'min'],
  ['max', 'max'],
  ['mean', 'avg'],
  ['avg', 'avg'],
  ['sum', 'sum'],
  ['total', 'sum'],
]);

/** The values that a legend shows. */
export function legendValuesOf(calcs: unknown, note: Note): Reduce[] {
  return [...new Set(listOf(calcs).flatMap((calc) => reducerOf(calc, note) ?? []))];
}

/** The one value of a series; the last one for what there is not here. */
export function reduceOf(calc: unknown, note: Note): Reduce {
  return calc === undefined ? 'last' : (reducerOf(calc, note) ?? 'last');
}

function reducerOf(calc: unknown, note: Note): Reduce | undefined {
  const name = textOf(calc);
  const known = REDUCERS.get(name);
  if (known === undefined) {
    note(`the calculation “${name}”`, 'There are the last, least, largest and mean value and the sum.');
  }
  return known;
}
