import type {
  FetchedSpan,
  JsonObject,
  JsonValue,
  SpanAttributeScope,
  SpanField,
  SpanFieldValue,
  SpanParts,
  SpanQueryReader,
} from '@aegisguard/model';
import { wholeNumberLiteral } from '../sql-literal.ts';
import type { AttributeField, AttributeSurvey } from './attribute-survey.ts';
import { isServiceName } from './attribute-variants.ts';
import { fieldValueSql, readFieldValue } from './field-value-sql.ts';
import { findAttribute, isObject } from './json-attributes.ts';
import { askLatest, type LatestSpans } from './latest-spans.ts';
import { SpanBlocks } from './span-blocks.ts';
import type { SpanReading } from './span-reading.ts';

type Asked = Parameters<SpanQueryReader['fieldValues']>[1];
type Answer = Awaited<ReturnType<SpanQueryReader['fieldValues']>>;
type ValueCount = Answer['values'][number];

/** Spans whose values are taken out of what JSON says. */
const SPANS_READ_MAX = 5_000;
/** What tells a field's value may take so much of a statement. */
const VALUE_BYTES_MAX = 120_000;

/** The most frequent values of a field in the latest spans. */
export async function fieldValues(reading: SpanReading, asked: Asked): Promise<Answer> {
  const { field, limit } = asked;
  const fields = field.kind === 'attribute' ? [field] : [];
  const values = await askLatest(reading, asked, fields, (latest) => {
    const told = valueSql(field, latest.survey) ?? '';
    const sql = told === '' || Buffer.byteLength(told) > VALUE_BYTES_MAX ? undefined : told;
    return sql === undefined && field.kind === 'attribute'
      ? readValues(reading, latest, field, limit)
      : countValues(reading, latest, sql, limit);
  });
  return { values, stats: reading.stats };
}

function valueSql(field: SpanField, survey: AttributeSurvey): string | undefined {
  if (field.kind === 'trace') {
    const ofRoot = field.name === 'root-service' ? 'service' : field.name === 'root-name' ? 'name' : undefined;
    return ofRoot && `if(is_root AND ${ofRoot} != '', concat('s', ${ofRoot}), '')`;
  }
  if (field.kind === 'intrinsic') {
    switch (field.name) {
      case 'event-name':
        return "concat('s', arrayJoin(arrayDistinct(events.name)))";
      case 'link-trace-id':
        return "concat('s', arrayJoin(arrayDistinct(links.trace_id)))";
      case 'link-span-id':
        return "concat('s', arrayJoin(arrayDistinct(links.span_id)))";
    }
  }
  const told = fieldValueSql(field, survey);
  return told?.textOf(told.raw);
}

async function countValues(
  reading: SpanReading,
  { from }: LatestSpans,
  sql: string | undefined,
  limit: number,
): Promise<readonly ValueCount[]> {
  if (sql === undefined) {
    return [];
  }
  const rows = await reading.rows(
    `SELECT ${sql} AS v, count() AS n ${from} AND v != '' GROUP BY v ORDER BY n DESC, v LIMIT ${wholeNumberLiteral(limit)}`,
  );
  return rows.flatMap(([text, count]) => {
    const value = readFieldValue(String(text));
    return value === undefined ? [] : [{ value, count: Number(count) }];
  });
}

/** Where values are in arrays, events or links. */
async function readValues(
  reading: SpanReading,
  { from }: LatestSpans,
  field: AttributeField,
  limit: number,
): Promise<readonly ValueCount[]> {
  const parts: SpanParts = {
    attributes: field.scope !== 'event' && field.scope !== 'link',
    events: field.scope === 'event' || field.scope === 'any',
    links: field.scope === 'link' || field.scope === 'any',
  };
  const blocks = new SpanBlocks(parts);
  const counts = new Map<SpanFieldValue, number>();
  await reading.spansOf(blocks, `SELECT ${blocks.columns.join(', ')} ${from} LIMIT ${SPANS_READ_MAX}`, (spans) => {
    for (const span of spans) {
      for (const value of new Set(valuesOf(span, field))) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  });
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, limit);
}

function valuesOf(span: FetchedSpan, { scope, name }: AttributeField): readonly SpanFieldValue[] {
  const objects: Readonly<Record<Exclude<SpanAttributeScope, 'any'>, readonly (JsonValue | undefined)[]>> = {
    span: [span.attributes],
    resource: [isServiceName(name) ? serviceOf(span) : span.resource],
    event: (span.events ?? []).map(({ attributes }) => attributes),
    link: (span.links ?? []).map(({ attributes }) => attributes),
    instrumentation: [isObject(span.details?.scope) ? span.details.scope.attributes : undefined],
  };
  for (const candidates of scope === 'any' ? Object.values(objects) : [objects[scope]]) {
    const found = candidates.flatMap((object) => (isObject(object) ? [findAttribute(object, name)] : []));
    if (found.some((values) => values !== undefined)) {
      return found.flatMap((values) => values ?? []);
    }
  }
  return [];
}

function serviceOf({ service }: FetchedSpan): JsonObject {
  return service === '' ? {} : { 'service.name': service };
}
