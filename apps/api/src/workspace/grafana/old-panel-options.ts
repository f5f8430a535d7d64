// Options of the panels `graph` and `singlestat`, which Grafana has replaced: https://grafana.com/docs/grafana/v7.5/panels/visualizations/graph-panel/
import type { PanelOptions } from '@aegisguard/model';
import { colorOf } from './colors.ts';
import { type LooseObject, listOf, numberOf, objectOf, objectsOf, textOf } from './loose-json.ts';
import type { SomeOptions } from './panel-options.ts';
import { legendValuesOf, reduceOf } from './reducers.ts';
import type { Note } from './remarks.ts';
import { oldSeriesColorsOf } from './series-colors.ts';
import { decimalsOf, unitOf } from './units.ts';
import { oldMappingsOf } from './value-mappings.ts';

/** Of a graph. */
export function graphOptions(panel: LooseObject, note: Note): SomeOptions {
  const axis = objectOf(listOf(panel.yaxes)[0]);
  noteLostOfGraph(panel, note);
  const isStacked = panel.stack === true;
  return {
    draw: drawOf(panel),
    stacking: isStacked ? (panel.percentage === true ? 'percent' : 'normal') : 'none',
    ...oldLegend(objectOf(panel.legend), note),
    unit: unitOf(axis.format, note),
    decimals: decimalsOf(panel.decimals ?? axis.decimals),
    min: numberOf(axis.min) ?? null,
    max: numberOf(axis.max) ?? null,
    isLogScale: (numberOf(axis.logBase) ?? 1) > 1,
    thresholds: graphThresholds(panel.thresholds, note),
    seriesColors: oldSeriesColorsOf(panel, note),
  };
}

function drawOf({ lines, bars, points, fill }: LooseObject): PanelOptions['draw'] {
  if (lines === false) {
    return bars === true ? 'bar' : points === true ? 'points' : 'line';
  }
  // A graph fills, unless it says otherwise.
  return bars === true ? 'bar' : (numberOf(fill) ?? 1) > 0 ? 'area' : 'line';
}

const LEGEND_VALUES = ['min', 'max', 'avg', 'current', 'total'];

function oldLegend(legend: LooseObject, note: Note): SomeOptions {
  return {
    legend: legend.show === false ? 'hidden' : legend.alignAsTable === true ? 'table' : 'list',
    legendValues:
      legend.values === true
        ? legendValuesOf(
            LEGEND_VALUES.filter((name) => legend[name] === true),
            note,
          )
        : [],
  };
}

const THRESHOLD_COLORS: ReadonlyMap<string, string> = new Map([
  ['critical', 'red'],
  ['warning', 'orange'],
  ['ok', 'green'],
]);

function graphThresholds(value: unknown, note: Note): PanelOptions['thresholds'] {
  const all = objectsOf(value);
  const upwards = all.filter(({ op, value: from }) => op !== 'lt' && numberOf(from) !== undefined);
  if (upwards.length < all.length) {
    note('a threshold downwards', 'Thresholds hold from a value upwards.');
  }
  return upwards.slice(0, 20).map(({ value: from, colorMode, fillColor, lineColor }) => ({
    value: numberOf(from) ?? null,
    color: colorOf(THRESHOLD_COLORS.get(textOf(colorMode)) ?? (textOf(lineColor) || fillColor)),
  }));
}

function noteLostOfGraph(panel: LooseObject, note: Note): void {
  const nullMode = textOf(panel.nullPointMode);
  if (nullMode !== '' && nullMode !== 'null') {
    note('how gaps are drawn', 'Gaps stay gaps.');
  }
  const axisMode = textOf(objectOf(panel.xaxis).mode);
  if (axisMode !== '' && axisMode !== 'time') {
    note(`an axis by ${axisMode}`, 'Values are drawn over time.');
  }
  if (objectsOf(panel.yaxes).some(({ label }) => textOf(label) !== '')) {
    note('the name of an axis', 'Axes show the unit.');
  }
}

/** Of a single number. */
export function singleStatOptions(panel: LooseObject, note: Note): SomeOptions {
  const gauge = objectOf(panel.gauge);
  if (textOf(panel.prefix) + textOf(panel.postfix) !== '') {
    note('a text before or after the value', 'The unit is shown.');
  }
  return {
    unit: unitOf(panel.format, note),
    decimals: decimalsOf(panel.decimals),
    min: gauge.show === true ? (numberOf(gauge.minValue) ?? null) : null,
    max: gauge.show === true ? (numberOf(gauge.maxValue) ?? null) : null,
    reduce: panel.valueName === 'name' ? 'last' : reduceOf(panel.valueName, note),
    thresholds: singleStatThresholds(panel),
    shows: panel.valueName === 'name' ? 'name' : 'auto',
    mappings: oldMappingsOf(panel),
  };
}

/** `70,80` with three colours, where value or background is coloured, or there is a gauge. */
function singleStatThresholds({ thresholds, colors, colorValue, colorBackground, gauge }: LooseObject) {
  const isColored = colorValue === true || colorBackground === true || objectOf(gauge).show === true;
  const values = textOf(thresholds).split(',').map(numberOf);
  if (!isColored || values.some((value) => value === undefined)) {
    return [];
  }
  return [null, ...values]
    .slice(0, 20)
    .map((value, at) => ({ value: value ?? null, color: colorOf(listOf(colors)[at]) }));
}
