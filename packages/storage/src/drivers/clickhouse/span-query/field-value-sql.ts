import type { SpanField, SpanFieldValue, SpanIntrinsic } from '@aegisguard/model';
import { LEAF_KINDS, type LeafKind } from '../leaf-kind.ts';
import type { AttributeField, AttributeSurvey } from './attribute-survey.ts';
import {
  attributeText,
  attributeVariants,
  facetOf,
  isServiceElsewhere,
  isServiceName,
  shapeCondition,
} from './attribute-variants.ts';
import type { AttributeLeaf } from './shape-attributes.ts';
import { isService } from './span-condition-sql.ts';

/** A field's value as a text that begins with its type: `s`, `n`, `b` or, for nanoseconds, `i`; an empty one where a span does not have it. */
export interface FieldSql {
  /** What differs where values do: cheaper to group by than the text. */
  readonly raw: string;
  /** The text, of `raw` or of what it is called. */
  readonly textOf: (raw: string) => string;
  readonly isCounted: boolean;
  /** The same, of spans whose value lies among the facets: of the others the text is `OUTSIDE_FACETS`. Labels, which are most of a span, need not be read for it. */
  readonly ofFacets?: Pick<FieldSql, 'raw' | 'textOf'>;
}

/** No value's text. */
export const OUTSIDE_FACETS = '?';

/** Undefined where SQL does not tell: of arrays, events and links, and of what only the whole trace has. */
export function fieldValueSql(field: SpanField, survey: AttributeSurvey): FieldSql | undefined {
  switch (field.kind) {
    case 'attribute':
      return isService(field) ? SERVICE : attributeValueSql(field, survey);
    case 'intrinsic':
      return INTRINSICS[field.name];
    default:
      return undefined;
  }
}

function attributeValueSql(field: AttributeField, survey: AttributeSurvey): FieldSql | undefined {
  const typed = (text: (place: AttributeLeaf['place']) => string): AttributeWords => ({
    valueOf: (kind, place) => `concat('${TYPE_LETTERS[kind]}', ${text(place)})`,
    ofService: SERVICE.textOf(SERVICE.raw),
    none: "''",
  });
  const raw = attributeSql(field, survey, typed(attributeText));
  if (raw === undefined) {
    return undefined;
  }
  const plain = { raw, textOf: (given: string) => given, isCounted: false };
  const places = attributeVariants(field, survey.shapes ?? []).variants.map(({ place }) => place);
  const isLabelled = places.length > 0 && places.every((place) => typeof place === 'string');
  const ofFacets = isLabelled && !isServiceName(field.name) ? attributeSql(field, survey, typed(facetOf)) : undefined;
  return ofFacets === undefined ? plain : { ...plain, ofFacets: { raw: ofFacets, textOf: textOfFacet } };
}

/** Of a type's letter with a facet behind it, which a span may not have though it has the attribute. */
function textOfFacet(raw: string): string {
  return `multiIf(${raw} = '', '', length(${raw}) = 1, '${OUTSIDE_FACETS}', concat(substring(${raw}, 1, 1), substring(${raw}, position(${raw}, '=') + 1)))`;
}

/** The value that such a text says. */
export function readFieldValue(text: string): SpanFieldValue | undefined {
  const rest = text.slice(1);
  switch (text[0]) {
    case undefined:
      return undefined;
    case 'n':
      return Number(rest);
    case 'b':
      return rest === 'true';
    case 'i':
      return BigInt(rest);
    default:
      return rest;
  }
}

/** A number that a span does not have. */
const NO_NUMBER = 'CAST(NULL AS Nullable(Float64))';

/** A numeric field: NULL where a span does not have it; so many are one, which is a second where it is nanoseconds. */
export interface NumberSql {
  readonly sql: string;
  readonly perOne: number;
  /** Whether it is always a whole number that is not below 0. */
  readonly isWhole: boolean;
}

/** Undefined where SQL does not tell, as with values. */
export function fieldNumberSql(field: SpanField, survey: AttributeSurvey): NumberSql | undefined {
  if (field.kind === 'attribute') {
    const sql = isService(field)
      ? NO_NUMBER
      : attributeSql(field, survey, {
          valueOf: (kind, place) =>
            TYPE_LETTERS[kind] === 'n' ? `toFloat64OrNull(${attributeText(place)})` : NO_NUMBER,
          ofService: NO_NUMBER,
          none: NO_NUMBER,
        });
    return sql === undefined ? undefined : { sql, perOne: 1, isWhole: false };
  }
  if (field.kind === 'trace' || field.name === 'event-time-since-start') {
    return undefined;
  }
  return field.name === 'duration'
    ? { sql: 'duration_nanos', perOne: 1e9, isWhole: true }
    : { sql: NO_NUMBER, perOne: 1, isWhole: false };
}

const TYPE_LETTERS: Readonly<Record<LeafKind, string>> = {
  [LEAF_KINDS.string]: 's',
  [LEAF_KINDS.number]: 'n',
  [LEAF_KINDS.boolean]: 'b',
  [LEAF_KINDS.json]: '',
  [LEAF_KINDS.escaped]: '',
  [LEAF_KINDS.negativeZero]: 'n',
};

/** How an attribute is said where a span has it, where it is the service, and where there is none. */
interface AttributeWords {
  readonly valueOf: (kind: LeafKind, place: AttributeLeaf['place']) => string;
  readonly ofService: string;
  readonly none: string;
}

function attributeSql(
  field: AttributeField,
  { shapes, mayBeOfEvents, mayBeOfLinks }: AttributeSurvey,
  say: AttributeWords,
): string | undefined {
  if (shapes === undefined || mayBeOfEvents(field.name) || mayBeOfLinks(field.name)) {
    return undefined;
  }
  const { variants, without } = attributeVariants(field, shapes);
  if (variants.some(({ kind }) => TYPE_LETTERS[kind] === '') || isServiceElsewhere(field, shapes)) {
    return undefined;
  }
  const last = field.scope === 'any' && isServiceName(field.name) ? say.ofService : say.none;
  const cases = variants.map(({ kind, place, shapes: own }) => ({
    condition: shapeCondition(own),
    value: say.valueOf(kind, place),
  }));
  const only = without.length === 0 && cases.length === 1 ? cases[0] : undefined;
  return (
    only?.value ??
    (cases.length === 0
      ? last
      : `multiIf(${cases.map(({ condition, value }) => `${condition}, ${value}`).join(', ')}, ${last})`)
  );
}

const text = (raw: string): FieldSql => ({ raw, textOf: (given) => `concat('s', ${given})`, isCounted: false });
/** An optional text that is empty is none. */
const optional = (raw: string): FieldSql => ({
  raw,
  textOf: (given) => `if(${given} = '', '', concat('s', ${given}))`,
  isCounted: false,
});
const word = (raw: string): FieldSql => ({
  raw,
  textOf: (given) => `concat('s', toString(${given}))`,
  isCounted: false,
});
const id = (raw: string): FieldSql => ({
  raw,
  textOf: (given) => `concat('s', lower(hex(${given})))`,
  isCounted: false,
});

const SERVICE: FieldSql = { ...optional('service'), isCounted: true };

const INTRINSICS: Readonly<Partial<Record<SpanIntrinsic, FieldSql>>> = {
  duration: { raw: 'duration_nanos', textOf: (given) => `concat('i', toString(${given}))`, isCounted: false },
  name: text('name'),
  status: { ...word('status'), isCounted: true },
  kind: word('kind'),
  'status-message': optional('status_message'),
  'span-id': id('span_id'),
  'trace-id': id('trace_id'),
  'parent-id': {
    raw: "if(is_root, '', concat('s', lower(hex(parent_span_id))))",
    textOf: (given) => given,
    isCounted: false,
  },
  'scope-name': optional('scope_name'),
  'scope-version': optional('scope_version'),
};
