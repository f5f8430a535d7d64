import { LEAF_KINDS } from '../leaf-kind.ts';
import { textLiteral } from '../sql-literal.ts';
import { PlaceClasses } from './place-classes.ts';
import type { ShapeAttributes } from './shape-attributes.ts';
import type { WorkTurns } from './work-turns.ts';

/** Where texts of spans lie that are compared. Each is said as `place=text`, as facets are. */
export interface ComparedTexts {
  /** Makes of a subquery of spans, of which it is given the columns that it needs, a row for each text: `text`, `class` (UInt16), side, bucket; and `place` and `value`, where places may have too many values to be counted at once. */
  readonly rowsOf: (spans: (columns: readonly string[]) => string) => string;
  readonly hasPlaces: boolean;
  /** That a value is a JSON text of which its first member does not tell everything. */
  readonly isWhole: string;
  readonly classes: Pick<PlaceClasses, 'count' | 'meaning'>;
}

/** Where the texts of spans of these shapes lie; undefined where they lie too differently. Kinds and statuses are no texts. */
export async function comparedTexts(
  shapes: readonly ShapeAttributes[],
  hasMessages: boolean,
  turns: WorkTurns,
): Promise<readonly ComparedTexts[] | undefined> {
  const labelled = await PlaceClasses.of(shapes, 'string', turns);
  const others = await PlaceClasses.of(shapes, 'number', turns);
  if (labelled === undefined || others === undefined) {
    return undefined;
  }
  const withoutService = shapes.filter(isWithoutService).map(({ hash }) => hash);
  return [
    ...(labelled.hashes.length === 0 ? [] : [facetTexts(labelled), labelTexts(labelled)]),
    ...(others.hashes.length === 0 ? [] : [unlabelledTexts(others)]),
    columnTexts([
      { name: 'name', column: 'name', condition: '1' },
      ...(hasMessages ? [{ name: 'statusMessage', column: 'status_message', condition: "status_message != ''" }] : []),
      ...(withoutService.length === 0
        ? []
        : [
            {
              name: 'resource.service.name',
              column: 'service',
              columns: ['attribute_shape'],
              condition: `cityHash64(attribute_shape) IN (${withoutService.join(', ')})`,
            },
          ]),
    ]),
  ];
}

function facetTexts(classes: PlaceClasses): ComparedTexts {
  return {
    rowsOf: (spans) =>
      `SELECT arrayJoin(facets) AS text, ${classes.sql} AS class, side, bucket FROM ${spans(['attribute_shape', 'facets'])}`,
    hasPlaces: false,
    isWhole: '0',
    classes,
  };
}

function labelTexts(classes: PlaceClasses): ComparedTexts {
  return {
    rowsOf: (spans) =>
      `SELECT concat(place, '=', value) AS text, place, ${comparedValue(classes)} AS value, ${classes.sql} AS class, side, bucket FROM ${spans(['attribute_shape', 'labels'])} ARRAY JOIN mapKeys(labels) AS place, mapValues(labels) AS whole WHERE place != ''`,
    hasPlaces: true,
    isWhole: isWhole(classes),
    classes,
  };
}

/** Texts whose label is another's, by their numbers. */
function unlabelledTexts(classes: PlaceClasses): ComparedTexts {
  const texts = "arrayFilter((value, name) -> name = '', mapValues(labels), mapKeys(labels)) AS texts";
  return {
    rowsOf: (spans) =>
      `SELECT concat(place, '=', value) AS text, toString(number) AS place, ${comparedValue(classes)} AS value, class, side, bucket FROM (SELECT ${texts}, ${classes.sql} AS class, side, bucket FROM ${spans(['attribute_shape', 'labels'])} WHERE cityHash64(attribute_shape) IN (${classes.hashes.join(', ')})) ARRAY JOIN texts AS whole, arrayEnumerate(texts) AS number`,
    hasPlaces: true,
    isWhole: isWhole(classes),
    classes,
  };
}

/** An array up to its first member, where that is a text, a number or a boolean: it is what the array is compared by. */
const FIRST_MEMBER = textLiteral('^\\[(?:"(?:[^"\\\\]|\\\\.)*"|[^"\\[\\]{n][^,\\]]*)');
const OF_FIRST_MEMBER = textLiteral('^\\[[^\\[\\]{n]');

/** Of arrays with a first member one that has no other: requests' headers come as arrays, of which the texts are many but the values may be few. */
function comparedValue(classes: PlaceClasses): string {
  const isJson = jsonCondition(classes);
  return isJson === '0'
    ? 'whole'
    : `if(${isJson} AND match(whole, ${FIRST_MEMBER}), concat(extract(whole, ${FIRST_MEMBER}), ']'), whole)`;
}

function isWhole(classes: PlaceClasses): string {
  const isJson = jsonCondition(classes);
  return isJson === '0' ? '0' : `(${isJson}) AND NOT match(value, ${OF_FIRST_MEMBER})`;
}

/** That a text is JSON. */
function jsonCondition(classes: PlaceClasses): string {
  const parts = classes.jsonPlaces.flatMap((places, ofClass) =>
    places.length === 0 ? [] : [`(class = ${ofClass} AND place IN (${places.map(textLiteral).join(', ')}))`],
  );
  return parts.length === 0 ? '0' : `(${parts.join(' OR ')})`;
}

/** A column of texts, as it is called where spans are compared. */
interface TextColumn {
  readonly name: string;
  readonly column: string;
  /** Which spans have it, and what else this takes. */
  readonly condition: string;
  readonly columns?: readonly string[];
}

function columnTexts(all: readonly TextColumn[]): ComparedTexts {
  return {
    rowsOf: (spans) =>
      all
        .map(
          ({ name, column, condition, columns = [] }) =>
            `SELECT concat(${textLiteral(`${name}=`)}, ${column}) AS text, ${textLiteral(name)} AS place, ${column} AS value, toUInt16(0) AS class, side, bucket FROM ${spans([column, ...columns])} WHERE ${condition}`,
        )
        .join(' UNION ALL '),
    hasPlaces: true,
    isWhole: '0',
    classes: { count: 1, meaning: (_class, name) => ({ name, kind: LEAF_KINDS.string }) },
  };
}

/** Whether the service is compared as what the resource says. */
export function isWithoutService(shape: ShapeAttributes): boolean {
  return !shape.hasKey('resource', 'service.name');
}
