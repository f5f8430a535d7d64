import type { SpanField, SpanFieldValue } from '@aegisguard/model';
import { LEAF_KINDS, type LeafKind } from '../leaf-kind.ts';
import type { AttributeField, AttributeSurvey } from './attribute-survey.ts';
import {
  attributeText,
  attributeVariants,
  isServiceElsewhere,
  isServiceName,
  shapeCondition,
} from './attribute-variants.ts';
import { isService } from './span-condition-sql.ts';

/** A field's value as a text that begins with its type: `s`, `n`, `b` or, for nanoseconds, `i`; an empty one where a span does not have it. */
export interface FieldSql {
  readonly sql: string;
  readonly isCounted: boolean;
}

/** Undefined where SQL does not tell: of arrays, events and links, and of what only the whole trace has. */
export function fieldValueSql(field: SpanField, survey: AttributeSurvey): FieldSql | undefined {
  switch (field.kind) {
    case 'attribute':
      return isService(field)
        ? { sql: textSql('service', true), isCounted: true }
        : attributeSql(field, survey, {
            valueOf: (kind, text) => `concat('${TYPE_LETTERS[kind]}', ${text})`,
            ofService: textSql('service', true),
            none: "''",
          });
    case 'intrinsic':
      return intrinsicSql(field.name);
    default:
      return undefined;
  }
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
}

/** Undefined where SQL does not tell, as with values. */
export function fieldNumberSql(field: SpanField, survey: AttributeSurvey): NumberSql | undefined {
  if (field.kind === 'attribute') {
    const sql = isService(field)
      ? NO_NUMBER
      : attributeSql(field, survey, {
          valueOf: (kind, text) => (TYPE_LETTERS[kind] === 'n' ? `toFloat64OrNull(${text})` : NO_NUMBER),
          ofService: NO_NUMBER,
          none: NO_NUMBER,
        })?.sql;
    return sql === undefined ? undefined : { sql, perOne: 1 };
  }
  if (field.kind === 'trace' || field.name === 'event-time-since-start') {
    return undefined;
  }
  return field.name === 'duration' ? { sql: 'duration_nanos', perOne: 1e9 } : { sql: NO_NUMBER, perOne: 1 };
}

const TYPE_LETTERS: Readonly<Record<LeafKind, string>> = {
  [LEAF_KINDS.string]: 's',
  [LEAF_KINDS.number]: 'n',
  [LEAF_KINDS.boolean]: 'b',
  [LEAF_KINDS.json]: '',
  [LEAF_KINDS.escaped]: '',
  [LEAF_KINDS.negativeZero]: 'n',
};

function attributeSql(
  field: AttributeField,
  { shapes, mayBeOfEvents, mayBeOfLinks }: AttributeSurvey,
  say: {
    readonly valueOf: (kind: LeafKind, text: string) => string;
    readonly ofService: string;
    readonly none: string;
  },
): FieldSql | undefined {
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
    value: say.valueOf(kind, attributeText(place)),
  }));
  const only = without.length === 0 && cases.length === 1 ? cases[0] : undefined;
  const sql =
    only?.value ??
    (cases.length === 0
      ? last
      : `multiIf(${cases.map(({ condition, value }) => `${condition}, ${value}`).join(', ')}, ${last})`);
  return { sql, isCounted: false };
}

/** An optional text that is empty is none. */
function textSql(sql: string, isOptional: boolean): string {
  return isOptional ? `if(${sql} = '', '', concat('s', ${sql}))` : `concat('s', ${sql})`;
}

function intrinsicSql(name: Extract<SpanField, { kind: 'intrinsic' }>['name']): FieldSql | undefined {
  const plain = (sql: string) => ({ sql, isCounted: false });
  switch (name) {
    case 'duration':
      return plain("concat('i', toString(duration_nanos))");
    case 'name':
      return plain(textSql('name', false));
    case 'status':
      return { sql: textSql('toString(status)', false), isCounted: true };
    case 'kind':
      return plain(textSql('toString(kind)', false));
    case 'status-message':
      return plain(textSql('status_message', true));
    case 'span-id':
      return plain(textSql('lower(hex(span_id))', false));
    case 'trace-id':
      return plain(textSql('lower(hex(trace_id))', false));
    case 'parent-id':
      return plain("if(is_root, '', concat('s', lower(hex(parent_span_id))))");
    case 'scope-name':
      return plain(textSql('scope_name', true));
    case 'scope-version':
      return plain(textSql('scope_version', true));
    default:
      return undefined;
  }
}
