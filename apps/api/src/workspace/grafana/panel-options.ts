// https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/
import type { PanelOptions } from '@aegisguard/model';
import { colorOf } from './colors.ts';
import { fieldSettings } from './field-settings.ts';
import { cut, type LooseObject, listOf, numberOf, objectOf, objectsOf, textOf } from './loose-json.ts';
import { legendValuesOf, reduceOf } from './reducers.ts';
import type { Note } from './remarks.ts';
import { fixedColorOf, seriesColorsOf } from './series-colors.ts';
import { tableColumnsOf } from './table-columns.ts';
import { decimalsOf, unitOf } from './units.ts';
import { mappingsOf } from './value-mappings.ts';

/** Some of a panel's options; the others are as usual. */
export type SomeOptions = Partial<PanelOptions>;

const THRESHOLDS_MAX = 20;
const NO_VALUE_CHARS_MAX = 100;

/** Panels of one value of each series: a fixed colour is what they have at any height. */
const SINGLE: ReadonlySet<string> = new Set(['stat', 'gauge', 'bargauge']);

/** What a stat says, by Grafana's names. */
const SHOWS: ReadonlyMap<string, PanelOptions['shows']> = new Map([
  ['value', 'value'],
  ['name', 'name'],
  ['value_and_name', 'both'],
]);

/** Options of panels that have `fieldConfig` and `options`, as since Grafana 7. */
export function optionsOf(panel: LooseObject, note: Note): SomeOptions {
  const options = objectOf(panel.options);
  const { defaults, reduce } = fieldSettings(panel);
  noteLostDefaults(panel, defaults, note);
  if (reduce.values === true) {
    note('a value for each row', 'One value of each series is shown.');
  }
  const [calc, ...moreCalcs] = listOf(reduce.calcs);
  if (moreCalcs.length > 0) {
    note('further calculations', 'One value of each series is shown.');
  }
  const fixed = SINGLE.has(textOf(panel.type)) ? fixedColorOf(defaults.color) : '';
  return {
    ...drawnAs(objectOf(defaults.custom), note),
    ...legendOf(options.legend, note),
    unit: unitOf(defaults.unit, note),
    decimals: decimalsOf(defaults.decimals),
    min: numberOf(defaults.min) ?? null,
    max: numberOf(defaults.max) ?? null,
    thresholds:
      fixed !== ''
        ? [{ value: null, color: fixed }]
        : areThresholdsShown(panel, defaults)
          ? thresholdsOf(defaults, note)
          : [],
    reduce: reduceOf(calc, note),
    shows: SHOWS.get(textOf(options.textMode)) ?? 'auto',
    noValue: cut(textOf(defaults.noValue), NO_VALUE_CHARS_MAX),
    mappings: mappingsOf(defaults.mappings, note),
    ...(panel.type === 'table' ? tableColumnsOf(panel, note) : { seriesColors: seriesColorsOf(panel, note) }),
  };
}

function drawnAs(custom: LooseObject, note: Note): SomeOptions {
  const scale = textOf(objectOf(custom.scaleDistribution).type);
  if (scale === 'symlog') {
    note('a logarithmic scale of both signs', 'It is a plain logarithmic one.');
  }
  const { mode } = objectOf(custom.stacking);
  const opacity = numberOf(custom.fillOpacity) ?? 0;
  const style = textOf(custom.drawStyle);
  if (textOf(custom.axisLabel) !== '') {
    note('the name of an axis', 'Axes show the unit.');
  }
  return {
    draw: style === 'bars' ? 'bar' : style === 'points' ? 'points' : opacity > 0 ? 'area' : 'line',
    stacking: mode === 'normal' || mode === 'percent' ? mode : 'none',
    isLogScale: scale === 'log' || scale === 'symlog',
  };
}

function legendOf(value: unknown, note: Note): SomeOptions {
  const { showLegend, displayMode, calcs } = objectOf(value);
  const isHidden = showLegend === false || displayMode === 'hidden';
  return {
    legend: isHidden ? 'hidden' : displayMode === 'table' ? 'table' : 'list',
    legendValues: legendValuesOf(calcs, note),
  };
}

/** Charts and tables have thresholds in their JSON even where they show none. */
function areThresholdsShown({ type }: LooseObject, { custom, color }: LooseObject): boolean {
  const { thresholdsStyle, cellOptions, displayMode } = objectOf(custom);
  switch (type) {
    case 'timeseries': {
      const mode = textOf(objectOf(thresholdsStyle).mode);
      return (mode !== '' && mode !== 'off') || objectOf(color).mode === 'thresholds';
    }
    case 'table':
      return (textOf(objectOf(cellOptions).type) || textOf(displayMode)).startsWith('color');
    default:
      return true;
  }
}

function thresholdsOf(defaults: LooseObject, note: Note): PanelOptions['thresholds'] {
  const { mode, steps } = objectOf(defaults.thresholds);
  const all = objectsOf(steps).map(({ value, color }) => ({ value: numberOf(value) ?? null, color: colorOf(color) }));
  if (all.length > THRESHOLDS_MAX) {
    note('thresholds', `A panel has at most ${THRESHOLDS_MAX}; the others were left out.`);
  }
  const kept = all.slice(0, THRESHOLDS_MAX);
  if (mode !== 'percentage') {
    return kept;
  }
  const bounds = boundsOf(defaults);
  if (bounds === undefined && kept.some(({ value }) => value !== null)) {
    note('thresholds in percent', 'Thresholds are values here, and the panel has no least and largest one.');
  }
  if (bounds === undefined) {
    return kept.filter(({ value }) => value === null);
  }
  const { min, max } = bounds;
  return kept.map(({ value, color }) => ({ value: value === null ? null : min + (value / 100) * (max - min), color }));
}

/** What 0 % and 100 % are; Grafana takes them from the values where the panel does not say. */
function boundsOf({ min, max, unit }: LooseObject): { readonly min: number; readonly max: number } | undefined {
  const usual = unit === 'percent' ? 100 : unit === 'percentunit' ? 1 : undefined;
  const least = numberOf(min) ?? (usual === undefined ? undefined : 0);
  const most = numberOf(max) ?? usual;
  return least === undefined || most === undefined ? undefined : { min: least, max: most };
}

function noteLostDefaults({ type }: LooseObject, defaults: LooseObject, note: Note): void {
  if (listOf(defaults.links).length > 0) {
    note('links of values', 'Values have no links.');
  }
  if (textOf(defaults.displayName) !== '') {
    note('a display name', 'Series are called by the legend of their query.');
  }
  if (objectOf(defaults.color).mode === 'fixed' && !SINGLE.has(textOf(type))) {
    note('a fixed colour', 'Series have colours of their own.');
  }
}
