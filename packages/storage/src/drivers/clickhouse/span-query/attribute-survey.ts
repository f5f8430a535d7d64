import type { SpanCondition, SpanField } from '@aegisguard/model';
import { containsPatternLiteral } from '../sql-literal.ts';
import { ShapeAttributes } from './shape-attributes.ts';

/** More shapes than this are not told apart: what is asked of attributes is then asked of all of a span's texts. */
const SHAPES_MAX = 2_000;
const REMEMBERED_MAX = 5_000;
/** The columns before counts. */
const COUNTS_FROM = 2;

/** An attribute as it is asked for. */
export type AttributeField = Extract<SpanField, { readonly kind: 'attribute' }>;

/** Which attributes the spans of a range have: everything that a condition on them is made from. */
export interface AttributeSurvey {
  /** Undefined when there are too many. */
  readonly shapes: readonly ShapeAttributes[] | undefined;
  /** How many spans have events or links in whose attributes the name may be. */
  mayBeOfEvents(name: string): boolean;
  mayBeOfLinks(name: string): boolean;
}

/** Nothing is asked of attributes. */
export const NO_SURVEY: AttributeSurvey = { shapes: [], mayBeOfEvents: () => false, mayBeOfLinks: () => false };

const known = new Map<string, ShapeAttributes>();

/** A shape, understood; the latest ones are remembered. */
export function shapeAttributes(text: string, hash: string): ShapeAttributes {
  let shape = known.get(text);
  if (shape === undefined) {
    shape = new ShapeAttributes(text, hash);
    if (known.size >= REMEMBERED_MAX) {
      known.clear();
    }
    known.set(text, shape);
  }
  return shape;
}

/** Looks which shapes rows have: `from` is a FROM with its WHERE, `readRows` runs a SELECT. */
export async function surveyAttributes(
  from: string,
  fields: readonly AttributeField[],
  readRows: (sql: string) => Promise<readonly (readonly unknown[])[]>,
): Promise<AttributeSurvey> {
  if (fields.length === 0) {
    return NO_SURVEY;
  }
  const ofEvents = namesOf(fields, 'event');
  const ofLinks = namesOf(fields, 'link');
  const counts = [
    ...ofEvents.map((name) => `max(${mayHaveAttribute('events.attributes', name)})`),
    ...ofLinks.map((name) => `max(${mayHaveAttribute('links.attributes', name)})`),
  ];
  const rows = await readRows(
    `SELECT ${['attribute_shape', 'toString(cityHash64(attribute_shape))', ...counts].join(', ')} ${from} GROUP BY attribute_shape LIMIT ${SHAPES_MAX + 1}`,
  );
  const isWhole = rows.length <= SHAPES_MAX;
  const has = (column: number) => !isWhole || rows.some((row) => Number(row[column]) > 0);
  const inEvents = new Set(ofEvents.filter((_, place) => has(COUNTS_FROM + place)));
  const inLinks = new Set(ofLinks.filter((_, place) => has(COUNTS_FROM + ofEvents.length + place)));
  return {
    shapes: isWhole ? rows.map(([text, hash]) => shapeAttributes(String(text), String(hash))) : undefined,
    mayBeOfEvents: (name) => inEvents.has(name),
    mayBeOfLinks: (name) => inLinks.has(name),
  };
}

/** Whether one of the JSON texts may have an attribute of a name: its last key ends with what follows the last dot. */
export function mayHaveAttribute(column: string, name: string): string {
  const needle = `${JSON.stringify(name.slice(name.lastIndexOf('.') + 1)).slice(1)}:`;
  return `arrayExists(json -> json LIKE ${containsPatternLiteral(needle)}, ${column})`;
}

function namesOf(fields: readonly AttributeField[], scope: 'event' | 'link'): readonly string[] {
  return [...new Set(fields.filter((field) => [scope, 'any'].includes(field.scope)).map(({ name }) => name))];
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
