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
import { WorkTurns } from './work-turns.ts';

/** Shapes, texts or places times sides times buckets: each is a row of an answer. */
const CELLS_MAX = 1_000_000;
/** Texts whose buckets are asked for at once. */
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
  const counted = await fitting(comparison.count(survey.shapes));
  if (counted === undefined) {
    return undefined;
  }
  if (tally.toldCount > query.toldMax) {
    throw new AegisError('query-too-large', {
      detail: 'The comparison tells too many values of too many points: ask for fewer, or for a wider step.',
    });
  }
  const isTold = await fitting(comparison.addBuckets(counted));
  return isTold === true ? { sides: tally.sides(), stats: reading.stats } : undefined;
}

/** A text that spans have, and in how many cells. */
interface CountedText {
  readonly place: string;
  readonly text: string;
  readonly hash: string;
  readonly cells: readonly (readonly [cell: number, spans: number])[];
}

/** A place whose texts are counted in some cells. */
interface CountedPlace {
  readonly place: string;
  readonly cells: string;
}

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

interface Counted {
  readonly rows: readonly ShapeRow[];
  readonly texts: ReadonlyMap<ComparedTexts, readonly CountedText[]>;
}

class Comparison {
  readonly #reading: SpanReading;
  readonly #query: SpanComparisonQuery;
  readonly #sql: ComparisonSql;
  readonly #tally: ComparisonTally;
  readonly #turns: WorkTurns;

  constructor(reading: SpanReading, query: SpanComparisonQuery, sql: ComparisonSql, tally: ComparisonTally) {
    this.#reading = reading;
    this.#query = query;
    this.#sql = sql;
    this.#tally = tally;
    this.#turns = new WorkTurns(reading.deadline);
  }

  /** Totals and values, and which of them are told; undefined where it cannot be told. */
  async count(all: readonly ShapeAttributes[]): Promise<Counted | undefined> {
    const groups = await this.#ask(this.#sql.shapes());
    if (groups === undefined) {
      return undefined;
    }
    const rows: ShapeRow[] = [];
    await this.#turns.each(groups, (group) => rows.push(shapeRow(group)));
    const hashes = new Set(rows.map(({ hash }) => hash));
    const shapes = all.filter(({ hash }) => hashes.has(hash));
    await this.#addShapes(shapes, rows);
    const hasMessages = rows.some(({ hasMessage }) => hasMessage);
    const sources = await comparedTexts(shapes, hasMessages, this.#turns);
    const texts = sources && (await this.#countTexts(sources));
    if (texts === undefined) {
      return undefined;
    }
    this.#tally.choose();
    return { rows, texts };
  }

  /** When spans have what is told. False where it cannot be told. */
  async addBuckets({ rows, texts }: Counted): Promise<boolean> {
    await this.#turns.each(rows, ({ side, bucket, spans, kind, status }) => {
      this.#tally.addBucket(side, 'kind', kind, bucket, spans);
      this.#tally.addBucket(side, 'status', status, bucket, spans);
    });
    for (const [source, own] of texts) {
      if (!(await this.#addBucketsOf(source, own))) {
        return false;
      }
    }
    return true;
  }

  /** Which attributes spans have is known by their shapes. */
  async #addShapes(shapes: readonly ShapeAttributes[], rows: readonly ShapeRow[]): Promise<void> {
    const own = new Map(shapes.map((shape) => [shape.hash, new ShapeTotals()]));
    await this.#turns.each(rows, (row) => {
      own.get(row.hash)?.add(row);
      this.#tally.addValue(row.side, 'kind', row.kind, row.spans);
      this.#tally.addValue(row.side, 'status', row.status, row.spans);
      for (const name of ['name', 'kind', 'status', ...(row.hasMessage ? ['statusMessage'] : [])]) {
        this.#tally.addTotal(row.side, name, row.bucket, row.spans);
      }
    });
    await this.#turns.each(totalsOf(shapes, own), ({ side, name, buckets }) => {
      for (const [bucket, spans] of buckets) {
        this.#tally.addTotal(side, name, bucket, spans);
      }
    });
  }

  /** Of all sources is asked whether they can be counted before one of them is. */
  async #countTexts(sources: readonly ComparedTexts[]): Promise<Counted['texts'] | undefined> {
    const counted = new Map<ComparedTexts, readonly CountedText[]>();
    const meant = new Map<ComparedTexts, readonly string[]>();
    for (const source of sources) {
      const conditions = source.hasPlaces ? await this.#placesToCount(source) : ['1'];
      if (conditions === undefined) {
        return undefined;
      }
      meant.set(source, conditions);
    }
    for (const [source, conditions] of meant) {
      const texts: CountedText[] = [];
      for (const condition of conditions) {
        const rows = await this.#ask(this.#sql.counts(source, condition));
        if (rows === undefined) {
          return undefined;
        }
        texts.push(...(await this.#addValues(source, rows)));
      }
      counted.set(source, texts);
    }
    return counted;
  }

  /** Texts of which there are not too many. */
  async #addValues(source: ComparedTexts, rows: EngineAnswer['rows']): Promise<readonly CountedText[]> {
    const texts: CountedText[] = [];
    await this.#turns.each(rows, ([said, hash, cells]) => {
      const text = countedText(String(said), String(hash), cells as [unknown, unknown][]);
      for (const [cell, spans] of text.cells) {
        const { name, value } = this.#meaning(source, text, cell) ?? {};
        if (name !== undefined && value !== undefined) {
          this.#tally.addValue(sideOf(cell), name, value, spans);
        }
      }
      if (this.#mayBeTold(source, text, (side, name) => this.#tally.isCounted(side, name))) {
        texts.push(text);
      }
    });
    return texts;
  }

  /** Conditions on places and cells, each as long as a statement may be, that leave out what has too many values; undefined where not even that can be told. */
  async #placesToCount(source: ComparedTexts): Promise<readonly string[] | undefined> {
    const { valuesMax } = this.#query;
    const rows = await this.#ask(this.#sql.distinct(source));
    if (rows === undefined) {
      return undefined;
    }
    const counted: CountedPlace[] = [];
    let isTold = true;
    await this.#turns.each(rows, ([said, counts, wholes]) => {
      const place = String(said);
      const all = (counts as unknown[]).map(Number);
      const cells = all.flatMap((count, cell) => {
        const meaning = source.classes.meaning(classOf(cell), place);
        return meaning === undefined || count === 0 ? [] : [{ cell, count, meaning }];
      });
      const tooMany = cells.filter(({ count }) => count > valuesMax);
      // Of many arrays the first values may be few.
      isTold &&= Number(wholes) === 0 || tooMany.every(({ meaning }) => meaning.kind !== LEAF_KINDS.json);
      for (const { cell, meaning } of tooMany) {
        this.#tally.setTooMany(sideOf(cell), meaning.name);
      }
      const told = cells.filter(({ count }) => count <= valuesMax).map(({ cell }) => cell);
      if (told.length > 0) {
        counted.push({ place, cells: all.every((count) => count <= valuesMax) ? ANY_CELL : told.join(', ') });
      }
    });
    if (!isTold) {
      return undefined;
    }
    const bytesMax = STATEMENT_BYTES_MAX - Buffer.byteLength(this.#sql.counts(source, placesCondition([])));
    return piecesOf(counted, (one) => Buffer.byteLength(placesCondition([one])) / bytesMax).map(placesCondition);
  }

  /** Arrays without a value are found here, too: who has one does not have the attribute. */
  async #addBucketsOf(source: ComparedTexts, counted: readonly CountedText[]): Promise<boolean> {
    const texts: CountedText[] = [];
    await this.#turns.each(counted, (text) => {
      if (this.#mayBeTold(source, text, (_side, name, value) => this.#tally.isTold(name, value))) {
        texts.push(text);
      }
    });
    const buckets = bucketCount(this.#query);
    if (buckets === 1n) {
      await this.#turns.each(texts, (text) => {
        for (const [cell, spans] of text.cells) {
          this.#addBucket(source, text, cell, 0, spans);
        }
      });
      return true;
    }
    const bytesMax = STATEMENT_BYTES_MAX - Buffer.byteLength(this.#sql.buckets(source, []));
    const sizeOf = (text: CountedText): number => {
      const cells = text.cells.reduce((sum, [, spans]) => sum + Math.min(spans, Number(buckets)), 0);
      return Math.max(1 / TEXTS_AT_ONCE, cells / CELLS_MAX, bytesOfText(text) / bytesMax);
    };
    for (const some of piecesOf(texts, sizeOf)) {
      const rows = await this.#ask(this.#sql.buckets(source, some));
      if (rows === undefined) {
        return false;
      }
      await this.#turns.each(rows, ([number, cell, bucket, spans]) => {
        const text = some[Number(number) - 1];
        if (text !== undefined) {
          this.#addBucket(source, text, Number(cell), Number(bucket), Number(spans));
        }
      });
    }
    return true;
  }

  #addBucket(source: ComparedTexts, text: CountedText, cell: number, bucket: number, spans: number): void {
    const { name, value } = this.#meaning(source, text, cell) ?? {};
    if (name === undefined) {
      return;
    }
    if (value === undefined) {
      this.#tally.addTotal(sideOf(cell), name, bucket, -spans);
    } else {
      this.#tally.addBucket(sideOf(cell), name, value, bucket, spans);
    }
  }

  /** Whether a text stands for a value of which this is true in some cell, or for none. */
  #mayBeTold(
    source: ComparedTexts,
    text: CountedText,
    isTold: (side: ComparedSide, name: string, value: SpanFieldValue) => boolean,
  ): boolean {
    return text.cells.some(([cell]) => {
      const { name, value } = this.#meaning(source, text, cell) ?? {};
      return name !== undefined && (value === undefined || isTold(sideOf(cell), name, value));
    });
  }

  /** Of which attribute a text is in a cell, and for which value it stands; none for an array without one. */
  #meaning(
    { classes }: ComparedTexts,
    { place, text }: CountedText,
    cell: number,
  ): { readonly name: string; readonly value: SpanFieldValue | undefined } | undefined {
    const meaning = classes.meaning(classOf(cell), place);
    return meaning && { name: meaning.name, value: valueOfText(meaning.kind, text) };
  }

  /** Undefined where the question is too long, or the answer. */
  async #ask(sql: string): Promise<EngineAnswer['rows'] | undefined> {
    if (Buffer.byteLength(sql) > STATEMENT_BYTES_MAX) {
      return undefined;
    }
    // The bound on groups is for subqueries, too, which look for spans that came several times.
    const traits = { groupsMax: SPAN_GROUPS_MAX, isInterpreted: true };
    const rows = await this.#reading.rows(`${sql} LIMIT ${CELLS_MAX + 1}`, traits);
    return rows.length > CELLS_MAX ? undefined : rows;
  }
}

/** Spans of a shape by side and bucket. */
class ShapeTotals {
  readonly sides = { baseline: new Map<number, number>(), selection: new Map<number, number>() } as const;

  add({ side, bucket, spans }: ShapeRow): void {
    this.sides[side].set(bucket, (this.sides[side].get(bucket) ?? 0) + spans);
  }
}

/** The same of each attribute of each shape. */
function* totalsOf(shapes: readonly ShapeAttributes[], own: ReadonlyMap<string, ShapeTotals>) {
  for (const shape of shapes) {
    const sides = Object.entries(own.get(shape.hash)?.sides ?? {}) as [ComparedSide, ReadonlyMap<number, number>][];
    for (const name of comparedNames(shape)) {
      for (const [side, buckets] of sides.filter(([, { size }]) => size > 0)) {
        yield { side, name, buckets };
      }
    }
  }
}

function placesCondition(counted: readonly CountedPlace[]): string {
  const parts = [...Map.groupBy(counted, ({ cells }) => cells)].map(([cells, own]) => {
    const isPlace = `place IN (${own.map(({ place }) => textLiteral(place)).join(', ')})`;
    return cells === ANY_CELL ? isPlace : `(${isPlace} AND class * 2 + side IN (${cells}))`;
  });
  return parts.length === 0 ? '0' : parts.join(' OR ');
}

/** What a text takes of a statement that asks for its buckets. */
function bytesOfText({ hash, place }: CountedText): number {
  return hash.length + Buffer.byteLength(textLiteral(place)) + 12;
}

/** One after the other in pieces whose sizes come to 1 at most, where a single one does not have more. */
function piecesOf<Item>(items: readonly Item[], sizeOf: (item: Item) => number): readonly (readonly Item[])[] {
  const pieces: Item[][] = [];
  let size = 1;
  for (const item of items) {
    const own = sizeOf(item);
    size += own;
    const piece = pieces.at(-1);
    if (piece === undefined || size > 1) {
      pieces.push([item]);
      size = own;
    } else {
      piece.push(item);
    }
  }
  return pieces;
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
