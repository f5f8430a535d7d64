import { labelName } from '@aegisguard/model';
import { LABEL_PAIRS } from '../attribute-sql.ts';
import { isFacet } from '../facet.ts';
import { textLiteral } from '../sql-literal.ts';
import type { AttributeField } from './attribute-survey.ts';
import { type AttributeLeaf, isShapeScope, type ShapeAttributes } from './shape-attributes.ts';

/** Spans whose attribute lies in the same place and has values of the same kind. */
export interface AttributeVariant extends AttributeLeaf {
  readonly shapes: readonly ShapeAttributes[];
}

/** Where an attribute lies in spans of some shapes. */
export interface AttributeVariants {
  readonly variants: readonly AttributeVariant[];
  /** Shapes that do not have it. */
  readonly without: readonly ShapeAttributes[];
  /** How many shapes have something that answers to its label, be it another attribute. */
  readonly labelled: number;
}

/** Looks where an attribute lies. */
export function attributeVariants(field: AttributeField, shapes: readonly ShapeAttributes[]): AttributeVariants {
  const found = new Map<string, AttributeLeaf & { readonly shapes: ShapeAttributes[] }>();
  const without: ShapeAttributes[] = [];
  for (const shape of shapes) {
    const leaf = findLeaf(field, shape);
    if (leaf === undefined) {
      without.push(shape);
      continue;
    }
    const key = `${leaf.kind} ${typeof leaf.place} ${leaf.place}`;
    const variant = found.get(key) ?? { ...leaf, shapes: [] };
    variant.shapes.push(shape);
    found.set(key, variant);
  }
  const label = labelName([field.name]);
  return { variants: [...found.values()], without, labelled: shapes.filter((shape) => shape.hasLabel(label)).length };
}

/** `any` is the first scope that has it, but for those of events and links. A service's name is a column. */
function findLeaf({ scope, name }: AttributeField, shape: ShapeAttributes): AttributeLeaf | undefined {
  if (scope !== 'any') {
    return isShapeScope(scope) ? shape.find(scope, name) : undefined;
  }
  const own = shape.find('span', name);
  return (
    own ?? (isServiceName(name) ? undefined : (shape.find('resource', name) ?? shape.find('instrumentation', name)))
  );
}

/** Whether a resource's attribute is the span's service. */
export function isServiceName(name: string): boolean {
  return name === 'service.name';
}

/** Whether spans without a service may have an attribute of the instrumentation by the name that is the service's: SQL does not tell then. */
export function isServiceElsewhere({ scope, name }: AttributeField, shapes: readonly ShapeAttributes[]): boolean {
  return (
    scope === 'any' && isServiceName(name) && shapes.some((shape) => shape.find('instrumentation', name) !== undefined)
  );
}

/** Shapes are named in full up to so much text, which the engine compares once for each that a block has; more of them by their hashes. */
const LIST_LENGTH_MAX = 20_000;

/** That a span's shape is one of these. */
export function shapeCondition(shapes: readonly ShapeAttributes[]): string {
  if (shapes.length === 0) {
    return '0';
  }
  const list = shapes.map(({ text }) => textLiteral(text)).join(', ');
  return Buffer.byteLength(list) <= LIST_LENGTH_MAX
    ? `attribute_shape IN (${list})`
    : `cityHash64(attribute_shape) IN (${shapes.map(({ hash }) => hash).join(', ')})`;
}

/** The text of an attribute, in spans that have it in that place. */
export function attributeText(place: AttributeLeaf['place']): string {
  if (typeof place === 'number') {
    return `arrayFilter((value, name) -> name = '', mapValues(labels), mapKeys(labels))[${place}]`;
  }
  // A label is in one of the two at most; the other gives ''.
  return `concat(substring(${facetOf(place)}, ${place.length + 2}), labels[${textLiteral(place)}])`;
}

/** The facet of a label, `label=value`; an empty text where there is none, as for what has no label. */
export function facetOf(place: AttributeLeaf['place']): string {
  return typeof place === 'number'
    ? "''"
    : `arrayFirst(facet -> startsWith(facet, ${textLiteral(`${place}=`)}), facets)`;
}

/** That what answers to a label has a text: filters over facets and labels can tell of parts of the table that nothing there does. */
export function labelEquals(label: string, text: string): string {
  const pair = textLiteral(`${label}=${text}`);
  return isFacet(text)
    ? `has(facets, ${pair})`
    : `(labels[${textLiteral(label)}] = ${textLiteral(text)} AND indexHint(has(${LABEL_PAIRS}, ${pair})))`;
}

/** All texts that the value of an attribute is among, whatever the shape. */
export function possibleTexts(name: string): string {
  const label = labelName([name]);
  const facets = `arrayFilter(facet -> startsWith(facet, ${textLiteral(`${label}=`)}), facets)`;
  return `arrayConcat(mapValues(labels), arrayMap(facet -> substring(facet, ${label.length + 2}), ${facets}))`;
}
