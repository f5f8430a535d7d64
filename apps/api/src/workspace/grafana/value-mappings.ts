// https://grafana.com/docs/grafana/latest/panels-visualizations/configure-value-mappings/
import type { ValueMapping } from '@aegisguard/model';
import { colorOf } from './colors.ts';
import { cut, type LooseObject, numberOf, objectOf, objectsOf, textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';

const MAPPINGS_MAX = 100;
const VALUE_CHARS_MAX = 500;
const TEXT_CHARS_MAX = 200;

/** Numbers by which Grafana told apart kinds of mappings before version 8. */
const OLD_VALUE = 1;
const OLD_RANGE = 2;

/** What stands in the place of values, of any Grafana since 6. */
export function mappingsOf(value: unknown, note: Note): ValueMapping[] {
  const mappings = objectsOf(value).flatMap((mapping) => mappingsOfOne(mapping, note));
  if (mappings.length > MAPPINGS_MAX) {
    note('value mappings', `A panel has at most ${MAPPINGS_MAX}; the others were left out.`);
  }
  return mappings.slice(0, MAPPINGS_MAX);
}

/** Of a single number of before Grafana 7: values, and spans of them. */
export function oldMappingsOf({ valueMaps, rangeMaps }: LooseObject): ValueMapping[] {
  const values = objectsOf(valueMaps)
    // Every panel has this one.
    .filter(({ text, value }) => !(text === 'N/A' && value === 'null'))
    .map((map) => ofValue(textOf(map.value), map));
  const ranges = objectsOf(rangeMaps)
    .filter(({ from, to }) => !(from === 'null' && to === 'null'))
    .map((map) => ofRange(map.from, map.to, map));
  return [...values, ...ranges].slice(0, MAPPINGS_MAX);
}

function mappingsOfOne(mapping: LooseObject, note: Note): ValueMapping[] {
  const { type, options } = mapping;
  switch (type) {
    case 'value':
      return Object.entries(objectOf(options)).map(([value, result]) => ofValue(value, objectOf(result)));
    case 'range': {
      const { from, to, result } = objectOf(options);
      return [ofRange(from, to, objectOf(result))];
    }
    case 'special':
      return special(objectOf(options), note);
    case OLD_VALUE:
      return [ofValue(textOf(mapping.value), mapping)];
    case OLD_RANGE:
      return [ofRange(mapping.from, mapping.to, mapping)];
    default:
      note(
        `value mappings by ${type === 'regex' ? 'regular expressions' : 'another rule'}`,
        'Those values are shown as they are.',
      );
      return [];
  }
}

const SPECIAL: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['null', ['null']],
  ['nan', ['NaN']],
  ['null+nan', ['null', 'NaN']],
]);

function special({ match, result }: LooseObject, note: Note): ValueMapping[] {
  const values = SPECIAL.get(match);
  if (values === undefined) {
    note(`value mappings of “${textOf(match)}”`, 'Those values are shown as they are.');
  }
  return (values ?? []).map((value) => ofValue(value, objectOf(result)));
}

function ofValue(value: string, result: LooseObject): ValueMapping {
  return { value: cut(value, VALUE_CHARS_MAX), from: null, to: null, ...shownAs(result) };
}

function ofRange(from: unknown, to: unknown, result: LooseObject): ValueMapping {
  return { value: null, from: numberOf(from) ?? null, to: numberOf(to) ?? null, ...shownAs(result) };
}

function shownAs({ text, color }: LooseObject): Pick<ValueMapping, 'text' | 'color'> {
  return { text: cut(textOf(text), TEXT_CHARS_MAX), color: colorOf(color) };
}
