import type { SpanFieldValue } from '@aegisguard/model';
import { containsPatternLiteral } from '../sql-literal.ts';
import { type Approximation, allOf, anyOf, atMost, EVERYTHING, exactly, NOTHING, UNKNOWN } from './approximation.ts';
import { type AttributeField, type AttributeSurvey, mayHaveAttribute } from './attribute-survey.ts';
import {
  type AttributeVariant,
  type AttributeVariants,
  attributeText,
  attributeVariants,
  isServiceElsewhere,
  isServiceName,
  labelEquals,
  possibleTexts,
  shapeCondition,
} from './attribute-variants.ts';
import type { ShapeAttributes } from './shape-attributes.ts';
import { type Comparison, stringTest, type TextTest, textTest } from './text-test.ts';

/** A comparison of an attribute. */
export function compareAttribute(
  field: AttributeField,
  comparison: Comparison,
  survey: AttributeSurvey,
): Approximation {
  const elsewhere = ofEventsAndLinks(field, survey, comparison);
  if (survey.shapes === undefined) {
    return anyOf([comparePossible(field, comparison), elsewhere]);
  }
  const found = attributeVariants(field, survey.shapes);
  const own = testedVariants(found.variants, comparison).map((variant) => ofVariant(variant, found));
  return anyOf([...own, ofService(field, found, comparison), withoutService(field, survey.shapes), elsewhere]);
}

/** That a span has an attribute. */
export function hasAttribute(field: AttributeField, survey: AttributeSurvey): Approximation {
  if (survey.shapes === undefined) {
    return UNKNOWN;
  }
  const found = attributeVariants(field, survey.shapes);
  const own =
    found.without.length === 0 ? EVERYTHING : exactly(shapeCondition(found.variants.flatMap(({ shapes }) => shapes)));
  return anyOf([own, ofService(field, found), withoutService(field, survey.shapes), ofEventsAndLinks(field, survey)]);
}

/** That a span does not have it. */
export function lacksAttribute(field: AttributeField, survey: AttributeSurvey): Approximation {
  if (survey.shapes === undefined) {
    return UNKNOWN;
  }
  const { variants, without } = attributeVariants(field, survey.shapes);
  const own = variants.length === 0 ? EVERYTHING : exactly(shapeCondition(without));
  const service = field.scope === 'any' && isServiceName(field.name) ? exactly("service = ''") : EVERYTHING;
  const isCertain = ofEventsAndLinks(field, survey) === NOTHING && !isServiceElsewhere(field, survey.shapes);
  return allOf([own, service, ...(isCertain ? [] : [UNKNOWN])]);
}

interface TestedVariant extends AttributeVariant {
  readonly test: TextTest;
}

/** Variants of which a comparison can be true; those of one place that are asked the same are one. */
function testedVariants(variants: readonly AttributeVariant[], comparison: Comparison): readonly TestedVariant[] {
  const tested = new Map<string, TestedVariant>();
  for (const variant of variants) {
    const test = textTest(comparison, variant.kind);
    if (test !== undefined) {
      const key = `${typeof variant.place} ${variant.place} ${test.isExact} ${test.sql('')}`;
      const same = tested.get(key);
      tested.set(key, { ...variant, test, shapes: [...(same?.shapes ?? []), ...variant.shapes] });
    }
  }
  return [...tested.values()];
}

function ofVariant({ place, shapes, test }: TestedVariant, { labelled, without }: AttributeVariants): Approximation {
  const { equals } = test;
  const sql =
    equals !== undefined && typeof place === 'string'
      ? equals.map((text) => labelEquals(place, text)).join(' OR ')
      : test.sql(attributeText(place));
  // An equal text is in that place only where something lies there.
  const isAlone =
    typeof place === 'string' && shapes.length === labelled && (equals !== undefined || without.length === 0);
  const guard = isAlone ? EVERYTHING : exactly(shapeCondition(shapes));
  const condition = sql === '1' ? '1' : `(${sql})`;
  return allOf([guard, test.isExact ? exactly(condition) : { ...exactly(condition), isExact: false }]);
}

/** Of the column, where a name is meant that may be the service's. */
function ofService(
  { scope, name }: AttributeField,
  { variants, without }: AttributeVariants,
  comparison?: Comparison,
): Approximation {
  if (scope !== 'any' || !isServiceName(name)) {
    return NOTHING;
  }
  const test = comparison === undefined ? undefined : compareText('service', comparison);
  const guard = variants.length === 0 ? EVERYTHING : exactly(shapeCondition(without));
  return allOf([guard, { ...exactly("service != ''"), isCounted: true }, test ?? EVERYTHING]);
}

function withoutService(field: AttributeField, shapes: readonly ShapeAttributes[]): Approximation {
  return isServiceElsewhere(field, shapes) ? atMost("service = ''") : NOTHING;
}

/** A comparison of a column of texts. */
export function compareText(column: string, { op, value }: Comparison): Approximation {
  const test = typeof value === 'string' ? stringTest(op, value) : undefined;
  return test === undefined ? NOTHING : { sql: test.sql(column), isExact: test.isExact, isCounted: false };
}

/** Where shapes are too many: of any text of the span. */
function comparePossible({ scope, name }: AttributeField, { op, value }: Comparison): Approximation {
  if (scope === 'event' || scope === 'link') {
    return NOTHING;
  }
  const service = scope === 'any' && isServiceName(name) ? compareText('service', { op, value }) : NOTHING;
  if (op !== '=') {
    return UNKNOWN;
  }
  const text = plainText(value);
  // An array or a text with what UTF-8 cannot say is JSON.
  const isOne = `arrayExists(text -> ${compareText('text', { op, value: text }).sql} OR match(text, '^["\\\\[]'), ${possibleTexts(name)})`;
  return anyOf([atMost(isOne), service]);
}

/** In the attributes of events and links, which are JSON texts. */
function ofEventsAndLinks(
  { scope, name }: AttributeField,
  survey: AttributeSurvey,
  comparison?: Comparison,
): Approximation {
  const isOf = (own: 'event' | 'link', may: (name: string) => boolean) =>
    (scope === own || scope === 'any') && may(name);
  const parts = [
    ...(isOf('event', survey.mayBeOfEvents) ? [inTexts('events.attributes', name, comparison)] : []),
    ...(isOf('link', survey.mayBeOfLinks) ? [inTexts('links.attributes', name, comparison)] : []),
  ];
  return parts.length === 0 ? NOTHING : anyOf(parts);
}

function inTexts(column: string, name: string, comparison?: Comparison): Approximation {
  const has = atMost(mayHaveAttribute(column, name));
  if (comparison === undefined || comparison.op !== '=') {
    return has;
  }
  const { value } = comparison;
  const text = typeof value === 'string' ? JSON.stringify(value) : plainText(value);
  return allOf([has, atMost(`arrayExists(json -> json LIKE ${containsPatternLiteral(text)}, ${column})`)]);
}

/** A value as stored texts say it; a number's is JavaScript's. */
function plainText(value: SpanFieldValue): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : String(Number(value) + 0);
}
