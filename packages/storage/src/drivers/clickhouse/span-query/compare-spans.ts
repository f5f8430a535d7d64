import {
  AegisError,
  type ComparedSide,
  type JsonValue,
  type SpanComparison,
  type SpanComparisonQuery,
  type SpanFieldValue,
} from '@aegisguard/model';
import type { EngineAnswer } from '../engine.ts';
import { fitting } from '../group-search.ts';
import { LEAF_KINDS, type LeafKind } from '../leaf-kind.ts';
import { SPAN_GROUPS_MAX } from '../query-runner.ts';
import { timeCondition } from '../selection-sql.ts';
import { textLiteral } from '../sql-literal.ts';
import { type AttributeField, attributesOf } from './attribute-survey.ts';
import { type ComparedTexts, comparedTexts, isWithoutService } from './compared-texts.ts';
import { bucketCount, ComparisonSql, withinSql } from './comparison-sql.ts';
import { ComparisonTally } from './comparison-tally.ts';
import { STATEMENT_BYTES_MAX } from './condition-within.ts';
import { lastVersionCondition } from './repeated-spans.ts';
import type { ShapeAttributes } from './shape-attributes.ts';
import { spanConditionSql } from './span-condition-sql.ts';
import type { SpanReading } from './span-reading.ts';

/** Shapes or texts times sides times buckets: each is a row of the answer. */
const CELLS_MAX = 1_000_000;
/** A text takes a count for each class and side: where attributes lie so differently, too much of them. */
const CLASSES_MAX = 1_000;
/** Texts whose buckets are asked for at once: some 26 bytes of a statement each. */
const TEXTS_AT_ONCE = 3_000;
const ANY_CELL = '';
const SERVICE: AttributeField = { kind: 'attribute', scope: 'resource', name: 'service.name' };

/** Compares spans by what they have; undefined where SQL could not tell exactly. */
export async function compareSpans(
  reading: SpanReading,
  query: SpanComparisonQuery,
): Promise<SpanComparison | undefined> {
  const { start, end, condition, selected } = query;
  if (query.step <= 0n) {
    throw new AegisError('query-not-runnable', { internal: 'a bucket must be wider than 0' });
  }
  const tally = new ComparisonTally(query);
  if (start >= end) {
    return { sides: tally.sides(), stats: reading.stats };
  }
  const asked = [...attributesOf(condition), ...attributesOf(selected.condition), SERVICE];
  const survey = await reading.survey({ start, end }, asked);
  const filter = spanConditionSql(condition, survey);
  const chosen = spanConditionSql(selected.condition, survey);
  if (survey.shapes === undefined || !filter.isExact || !chosen.isExact) {
    return undefined;
  }
  const isLast = await fitting(lastVersionCondition(reading, `${reading.org} AND ${timeCondition(start, end)}`));
  if (isLast === undefined) {
    return undefined;
  }
  const within = withinSql(selected);
  const sql = new ComparisonSql(reading, query, {
    filter: filter.sql,
    selected: within === '' ? chosen.sql : `(${chosen.sql}) AND ${within}`,
    isLast,
  });
  const comparison = new Comparison(reading, query, sql, tally);
  const isTold = await fitting(comparison.run(survey.shapes));
  return isTold === true ? { sides: tally.sides(), stats: reading.stats } : undefined;
}

/** A text that spans have, and in how many cells. */
interface CountedText {
  readonly place: string;
  readonly text: string;
  readonly hash: string;
  readonly cells: readonly (readonly [cell: number, spans: number])[];
}

type CountedSource = readonly [ComparedTexts, readonly CountedText[]];

/** Spans of a shape that are alike. */
interface ShapeRow {
  readonly hash: string;
  readonly kind: string;
  readonly status: string;
  readonly hasMessage: boolean;
  readonly side: ComparedSide;
  readonly bucket: number;
  readonly spans: number;
}

class Comparison {
  readonly #reading: SpanReading;
  readonly #query: SpanComparisonQuery;
  readonly #sql: ComparisonSql;
  readonly #tally: ComparisonTally;

  constructor(reading: SpanReading, query: SpanComparisonQuery, sql: ComparisonSql, tally: ComparisonTally) {
    this.#reading = reading;
    this.#query = query;
    this.#sql = sql;
    this.#tally = tally;
  }

  /** False where it cannot be told. */
  async run(shapes: readonly ShapeAttributes[]): Promise<boolean> {
    const groups = await this.#ask(this.#sql.shapes(), CELLS_MAX);
    if (groups === undefined) {
      return false;
    }
    const rows = groups.map(shapeRow);
    this.#addShapes(shapes, rows);
    const counted = await this.#countTexts(
      comparedTexts(
        shapes,
        rows.some(({ hasMessage }) => hasMessage),
      ),
    );
    if (counted === undefined) {
      return false;
    }
    this.#tally.choose();
    for (const { side, bucket, spans, kind, status } of rows) {
      this.#tally.addBucket(side, 'kind', kind, bucket, spans);
      this.#tally.addBucket(side, 'status', status, bucket, spans);
    }
    for (const [source, texts] of counted) {
      if (!(await this.#addBuckets(source, texts))) {
        return false;
      }
    }
    return true;
  }

  /** Which attributes spans have is known by their shapes. */
  #addShapes(shapes: readonly ShapeAttributes[], rows: readonly ShapeRow[]): void {
    const names = new Map(shapes.map((shape) => [shape.hash, comparedNames(shape)]));
    for (const { hash, kind, status, hasMessage, side, bucket, spans } of rows) {
      const ofAll = ['name', 'kind', 'status', ...(hasMessage ? ['statusMessage'] : [])];
      for (const name of [...ofAll, ...(names.get(hash) ?? [])]) {
        this.#tally.addTotal(side, name, bucket, spans);
      }
      this.#tally.addValue(side, 'kind', kind, spans);
      this.#tally.addValue(side, 'status', status, spans);
    }
  }

  async #countTexts(sources: readonly ComparedTexts[]): Promise<CountedSource[] | undefined> {
    const counted: CountedSource[] = [];
    for (const source of sources) {
      const texts = source.classes.count > CLASSES_MAX ? undefined : await this.#addValues(source);
      if (texts === undefined) {
        return undefined;
      }
      counted.push([source, texts]);
    }
    return counted;
  }

  /** Texts of which there are not too many; undefined where it cannot be told. */
  async #addValues(source: ComparedTexts): Promise<readonly CountedText[] | undefined> {
    const meant = source.hasPlaces ? await this.#placesToCount(source) : '1';
    const rows =
      meant === undefined || meant === '0' ? [] : await this.#ask(this.#sql.counts(source, meant), SPAN_GROUPS_MAX);
    if (meant === undefined || rows === undefined) {
      return undefined;
    }
    const texts = rows.map(([said, hash, cells]) =>
      countedText(String(said), String(hash), cells as [unknown, unknown][]),
    );
    for (const { place, text, cells } of texts) {
      for (const [cell, spans] of cells) {
        const meaning = source.classes.meaning(classOf(cell), place);
        const value = meaning && valueOfText(meaning.kind, text);
        if (meaning !== undefined && value !== undefined) {
          this.#tally.addValue(sideOf(cell), meaning.name, value, spans);
        }
      }
    }
    return texts;
  }

  /** A condition on places and cells that leaves out what has too many values; undefined where not even that can be told. */
  async #placesToCount(source: ComparedTexts): Promise<string | undefined> {
    const { valuesMax } = this.#query;
    const rows = await this.#ask(this.#sql.distinct(source), CELLS_MAX);
    const placesOfCells = new Map<string, string[]>();
    for (const [said, counts] of rows ?? []) {
      const place = String(said);
      const all = (counts as unknown[]).map(Number);
      const cells = all.flatMap((count, cell) => {
        const meaning = source.classes.meaning(classOf(cell), place);
        return meaning === undefined || count === 0 ? [] : [{ cell, count, meaning }];
      });
      const tooMany = cells.filter(({ count }) => count > valuesMax);
      if (tooMany.some(({ meaning }) => meaning.kind === LEAF_KINDS.json)) {
        // Of many arrays the first values may be few.
        return undefined;
      }
      for (const { cell, meaning } of tooMany) {
        this.#tally.setTooMany(sideOf(cell), meaning.name);
      }
      const told = cells.filter(({ count }) => count <= valuesMax).map(({ cell }) => cell);
      if (told.length > 0) {
        const key = all.every((count) => count <= valuesMax) ? ANY_CELL : told.join(', ');
        placesOfCells.set(key, [...(placesOfCells.get(key) ?? []), place]);
      }
    }
    const parts = [...placesOfCells].map(([cells, places]) => {
      const isPlace = `place IN (${places.map(textLiteral).join(', ')})`;
      return cells === ANY_CELL ? isPlace : `(${isPlace} AND class * 2 + side IN (${cells}))`;
    });
    return rows === undefined ? undefined : parts.length === 0 ? '0' : parts.join(' OR ');
  }

  /** When spans have what is told. Arrays without a value are found here, too: who has one does not have the attribute. */
  async #addBuckets(source: ComparedTexts, all: readonly CountedText[]): Promise<boolean> {
    const texts = all.filter(({ place, text, cells }) =>
      cells.some(([cell]) => {
        const meaning = source.classes.meaning(classOf(cell), place);
        const value = meaning && valueOfText(meaning.kind, text);
        return meaning !== undefined && (value === undefined || this.#tally.isTold(meaning.name, value));
      }),
    );
    if (bucketCount(this.#query) === 1n) {
      for (const text of texts) {
        for (const [cell, spans] of text.cells) {
          this.#addBucket(source, text, cell, 0, spans);
        }
      }
      return true;
    }
    for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
      const some = texts.slice(from, from + TEXTS_AT_ONCE);
      const asked = { hashes: some.map(({ hash }) => hash), places: [...new Set(some.map(({ place }) => place))] };
      const rows = await this.#ask(this.#sql.buckets(source, asked), CELLS_MAX);
      for (const [number, cell, bucket, spans] of rows ?? []) {
        const text = some[Number(number) - 1];
        if (text !== undefined) {
          this.#addBucket(source, text, Number(cell), Number(bucket), Number(spans));
        }
      }
      if (rows === undefined) {
        return false;
      }
    }
    return true;
  }

  #addBucket(source: ComparedTexts, { place, text }: CountedText, cell: number, bucket: number, spans: number): void {
    const meaning = source.classes.meaning(classOf(cell), place);
    if (meaning === undefined) {
      return;
    }
    const value = valueOfText(meaning.kind, text);
    if (value === undefined) {
      this.#tally.addTotal(sideOf(cell), meaning.name, bucket, -spans);
    } else {
      this.#tally.addBucket(sideOf(cell), meaning.name, value, bucket, spans);
    }
  }

  /** Undefined where the question is too long. */
  async #ask(sql: string, groupsMax: number): Promise<EngineAnswer['rows'] | undefined> {
    return Buffer.byteLength(sql) <= STATEMENT_BYTES_MAX
      ? await this.#reading.rows(sql, { groupsMax, isInterpreted: true })
      : undefined;
  }
}

/** Which attributes a span of a shape has. */
function comparedNames(shape: ShapeAttributes): readonly string[] {
  const attributes = shape
    .all()
    .flatMap(({ scope, name }) => (scope === 'instrumentation' ? [] : [`${scope}.${name}`]));
  return [...(isWithoutService(shape) ? ['resource.service.name'] : []), ...attributes];
}

function shapeRow([hash, kind, status, hasMessage, side, bucket, spans]: readonly unknown[]): ShapeRow {
  return {
    hash: String(hash),
    kind: String(kind),
    status: String(status),
    hasMessage: Number(hasMessage) === 1,
    side: sideOf(Number(side)),
    bucket: Number(bucket),
    spans: Number(spans),
  };
}

function countedText(said: string, hash: string, cells: readonly (readonly [unknown, unknown])[]): CountedText {
  const mark = said.indexOf('=');
  return {
    place: said.slice(0, mark),
    text: said.slice(mark + 1),
    hash,
    cells: cells.map(([cell, spans]) => [Number(cell), Number(spans)]),
  };
}

function sideOf(cell: number): ComparedSide {
  return cell % 2 === 1 ? 'selection' : 'baseline';
}

function classOf(cell: number): number {
  return Math.floor(cell / 2);
}

/** The value that a text stands for; undefined for an array without one. */
function valueOfText(kind: LeafKind, text: string): SpanFieldValue | undefined {
  switch (kind) {
    case LEAF_KINDS.string:
      return text;
    case LEAF_KINDS.number:
    case LEAF_KINDS.negativeZero:
      return Number(text);
    case LEAF_KINDS.boolean:
      return text === 'true';
    default:
      return firstScalar(JSON.parse(text) as JsonValue);
  }
}

function firstScalar(value: JsonValue): SpanFieldValue | undefined {
  const first = Array.isArray(value) ? value.find((member) => member !== null && typeof member !== 'object') : value;
  return typeof first === 'object' || first === undefined ? undefined : first;
}
