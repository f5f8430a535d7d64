import type { ValueMapping } from '@aegisguard/model';
import type { ChartOptions } from './chart-options.ts';
import { formatUnit } from './format-unit.ts';
import { thresholdOf } from './threshold-of.ts';

/** A value as it is written. */
export interface WrittenValue {
  readonly text: string;
  /** Of its mapping or its threshold, by name or as CSS; undefined without one. */
  readonly color: string | undefined;
}

type Writing = Pick<ChartOptions, 'unit' | 'decimals' | 'noValue' | 'thresholds'> & {
  readonly mappings: readonly ValueMapping[];
};

/** The first mapping of a text that reads so. */
export function mappingOfText(text: string, mappings: readonly ValueMapping[]): ValueMapping | undefined {
  return mappings.find(({ value }) => value === text);
}

/** Whether a value is the number that a text reads as. */
function readsAs(value: number | null, text: string): boolean {
  return value === null || Number.isNaN(value) ? text === String(value) : text.trim() !== '' && Number(text) === value;
}

function mappingOf(value: number | null, mappings: readonly ValueMapping[]): ValueMapping | undefined {
  return mappings.find(({ value: text, from, to }) => {
    if (text !== null) {
      return readsAs(value, text);
    }
    return value !== null && (from ?? Number.NEGATIVE_INFINITY) <= value && value <= (to ?? Number.POSITIVE_INFINITY);
  });
}

/** A value by what a panel says of its values: mapped, in its unit, in its colour. */
export function writtenValue(value: number | null, options: Writing): WrittenValue {
  const { unit, decimals, mappings, noValue, thresholds } = options;
  const mapping = mappingOf(value, mappings);
  const plain = value === null && noValue !== '' ? noValue : formatUnit(value, unit, decimals);
  const color = mapping?.color || thresholdOf(value, thresholds)?.color;
  return { text: mapping?.text || plain, color: color === '' ? undefined : color };
}
