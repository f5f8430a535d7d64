import { type LooseObject, listOf, objectOf } from './loose-json.ts';

/** What a panel says of its values. */
export interface FieldSettings {
  /** As in `fieldConfig.defaults`: unit, decimals, min, max, thresholds, mappings … */
  readonly defaults: LooseObject;
  /** How series become one value. */
  readonly reduce: LooseObject;
}

/** Of a panel of any Grafana since 6, which kept them in `options.valueOptions`, then in `options.fieldOptions`, and since 7 in `fieldConfig`. */
export function fieldSettings(panel: LooseObject): FieldSettings {
  const options = objectOf(panel.options);
  const old = objectOf(options.fieldOptions);
  const oldest = objectOf(options.valueOptions);
  if (options.fieldOptions !== undefined) {
    const defaults = objectOf(old.defaults);
    const thresholds = defaults.thresholds ?? stepsOf(old.thresholds);
    return { defaults: { ...defaults, thresholds, mappings: defaults.mappings ?? old.mappings }, reduce: old };
  }
  if (options.valueOptions !== undefined) {
    const { unit, decimals, stat } = oldest;
    const { minValue: min, maxValue: max, valueMappings: mappings } = options;
    const thresholds = stepsOf(options.thresholds);
    return { defaults: { unit, decimals, min, max, mappings, thresholds }, reduce: { calcs: [stat] } };
  }
  const yAxis = objectOf(options.yAxis);
  const defaults = objectOf(objectOf(panel.fieldConfig).defaults);
  // A heatmap's values are on its axis.
  const unit = defaults.unit ?? yAxis.unit ?? objectOf(panel.yAxis).format;
  return { defaults: { ...defaults, unit }, reduce: objectOf(options.reduceOptions) };
}

function stepsOf(thresholds: unknown): LooseObject {
  return { mode: 'absolute', steps: listOf(thresholds) };
}
