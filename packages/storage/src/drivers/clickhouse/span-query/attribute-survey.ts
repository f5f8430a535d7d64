import type { SpanCondition, SpanField } from '@aegisguard/model';
import { fitting } from '../group-search.ts';
import { hourCondition } from '../minute-ranges.ts';
import type { SearchWindow } from '../search-windows.ts';
import { containsPatternLiteral } from '../sql-literal.ts';
import { TextMemory } from '../text-memory.ts';
import { mayBeNamed, NESTED_KEYS } from './nested-keys.ts';
import { ShapeAttributes } from './shape-attributes.ts';
import type { SpanReading } from './span-reading.ts';
import { WorkTurns } from './work-turns.ts';

/** More shapes than this are not told apart: what is asked of attributes is then asked of all of a span's texts. */
const SHAPES_MAX = 2_000;
/** Names in the events of spans of a shape; of more than these nothing is told. */
const KEYS_MAX = 1_000;

/** An attribute as it is asked for. */
export type AttributeField = Extract<SpanField, { readonly kind: 'attribute' }>;

/** Which attributes the spans of a range have: everything that a condition on them is made from. */
export interface AttributeSurvey {
  /** Undefined when there are too many. */
  readonly shapes: readonly ShapeAttributes[] | undefined;
  /** Whether spans have events or links with an attribute that may have the name. */
  mayBeOfEvents(name: string): boolean;
  mayBeOfLinks(name: string): boolean;
}

/** Nothing is asked of attributes. */
export const NO_SURVEY: AttributeSurvey = { shapes: [], mayBeOfEvents: () => false, mayBeOfLinks: () => false };
/** There are too many to look at. */
const UNTOLD: AttributeSurvey = { shapes: undefined, mayBeOfEvents: () => true, mayBeOfLinks: () => true };

const known = new TextMemory<ShapeAttributes>({ entries: 5_000, length: 8_000_000 });

/** A shape, understood; the latest ones are remembered. */
export function shapeAttributes(text: string, hash: string): ShapeAttributes {
  return known.of(text, () => new ShapeAttributes(text, hash));
}

/** Looks which attributes the spans of a range, rounded to hours, have: in the projection `shapes_by_hour`. `readRows` runs a SELECT. */
export async function surveyAttributes(
  { spans, org, deadline }: Pick<SpanReading, 'spans' | 'org' | 'deadline'>,
  range: SearchWindow,
  fields: readonly AttributeField[],
  readRows: (sql: string) => Promise<readonly (readonly unknown[])[]>,
): Promise<AttributeSurvey> {
  if (fields.length === 0) {
    return NO_SURVEY;
  }
  const rows = await fitting(
    readRows(
      `SELECT attribute_shape, toString(cityHash64(attribute_shape)), groupUniqArrayArray(${KEYS_MAX})(ofEvents), groupUniqArrayArray(${KEYS_MAX})(ofLinks) FROM (SELECT attribute_shape, ${NESTED_KEYS.event} AS ofEvents, ${NESTED_KEYS.link} AS ofLinks FROM ${spans} WHERE ${org} AND ${hourCondition(range)} GROUP BY attribute_shape, ofEvents, ofLinks) GROUP BY attribute_shape LIMIT ${SHAPES_MAX + 1}`,
    ),
  );
  if (rows === undefined) {
    return UNTOLD;
  }
  const isWhole = rows.length <= SHAPES_MAX;
  const mayBeIn = (column: number) => {
    const keys = new Set(rows.flatMap((row) => row[column] as readonly string[]));
    const isAll = isWhole && rows.every((row) => (row[column] as readonly string[]).length < KEYS_MAX);
    return (name: string) => !isAll || mayBeNamed(keys, name);
  };
  const shapes: ShapeAttributes[] = [];
  // 2,000 shapes of a thousand attributes take seconds.
  await new WorkTurns(deadline).each(isWhole ? rows : [], ([text, hash]) =>
    shapes.push(shapeAttributes(String(text), String(hash))),
  );
  return {
    shapes: isWhole ? shapes : undefined,
    mayBeOfEvents: mayBeIn(2),
    mayBeOfLinks: mayBeIn(3),
  };
}

/** Whether one of the JSON texts may have an attribute of a name: its last key ends with what follows the last dot. */
export function mayHaveAttribute(column: string, name: string): string {
  const needle = `${JSON.stringify(name.slice(name.lastIndexOf('.') + 1)).slice(1)}:`;
  return `arrayExists(json -> json LIKE ${containsPatternLiteral(needle)}, ${column})`;
}

/** The attributes that conditions ask for. */
export function attributesOf(condition: SpanCondition): readonly AttributeField[] {
  switch (condition.kind) {
    case 'everything':
      return [];
    case 'all':
    case 'any':
      return condition.of.flatMap(attributesOf);
    default:
      return condition.field.kind === 'attribute' ? [condition.field] : [];
  }
}
