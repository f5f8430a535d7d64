import {
  columnLabels,
  type JsonObject,
  type JsonValue,
  type LabelSource,
  type LabelValues,
  type LogLabels,
  logLabels,
  PUSHED_METADATA,
  presentLabels,
  setMember,
} from '@aegisguard/model';
import { parseShape } from './attribute-shape.ts';
import { LEAF_KINDS } from './leaf-kind.ts';

/** The columns that labels are made of, and what `attributeTexts` reads of the attributes. */
export interface LabelRow extends Omit<LabelSource, 'attributes' | 'resource' | 'details' | 'geo' | 'userAgent'> {
  readonly shape: string;
  readonly texts: readonly string[];
}

/** Which leaf of a shape a label's value is. */
type LabelLeaves = readonly (readonly [name: string, leaf: number])[];

/** Where the labels of records of a shape lie, and what was made of them lately. */
interface LabelPlan {
  readonly stream: LabelLeaves;
  readonly metadata: LabelLeaves;
  readonly derived: LabelLeaves;
  readonly isPushed: boolean;
  /** Leaves that are JSON text of a string. */
  readonly escaped: ReadonlySet<number>;
  readonly streams: Map<string, LabelValues>;
  readonly labels: Map<string, LogLabels>;
}

/** Enough for the streams and shapes that a query meets as a rule; when there are more, all are forgotten. */
const REMEMBERED_MAX = 20_000;

/** Makes labels of rows, the same as `logLabels` makes of their logs. Those of a stream are one object; so are the labels of logs that have no others. */
export class LabelReading {
  /** By shape, then by the number of attributes that were metadata. */
  readonly #plans = new Map<string, Map<string, LabelPlan>>();
  #remembered = 0;

  read(row: LabelRow): LogLabels {
    const plan = this.#plan(row);
    const stream = this.#stream(plan, row);
    if (!plan.isPushed || plan.metadata.length + plan.derived.length > 0 || row.traceId !== '') {
      return new StoredLabels(plan, row, stream);
    }
    const { level, severityText, service, host, env, version, spanId } = row;
    const key = [level, severityText, service, host, env, version, spanId, ...textsOf(plan.stream, row)].join('\0');
    return this.#remember(plan.labels, key, () => new StoredLabels(plan, row, stream));
  }

  #plan({ shape, texts }: LabelRow): LabelPlan {
    const { metadataCountLeaf } = parseShape(shape);
    const count = metadataCountLeaf === undefined ? '' : (texts[metadataCountLeaf] ?? '');
    const ofShape = this.#remember(this.#plans, shape, () => new Map<string, LabelPlan>());
    return this.#remember(ofShape, count, () => planOf(shape, count));
  }

  #stream(plan: LabelPlan, row: LabelRow): LabelValues {
    const { service, level, host, env } = row;
    const parts = plan.isPushed ? textsOf(plan.stream, row) : [service, level, host, env];
    return this.#remember(plan.streams, parts.join('\0'), () =>
      plan.isPushed ? fill({}, plan.stream, plan, row) : presentLabels({ service_name: service, level, host, env }),
    );
  }

  #remember<Value>(memory: Map<string, Value>, key: string, make: () => Value): Value {
    let value = memory.get(key);
    if (value === undefined) {
      value = make();
      this.#remembered += 1;
      if (this.#remembered > REMEMBERED_MAX) {
        this.#plans.clear();
        this.#remembered = 0;
      }
      memory.set(key, value);
    }
    return value;
  }
}

/** Labels whose parts are made when they are asked for: most logs are dropped by what their lines say. */
class StoredLabels implements LogLabels {
  readonly stream: LabelValues;
  readonly isPushed: boolean;
  readonly #plan: LabelPlan;
  readonly #row: LabelRow;
  #metadata: LabelValues | undefined;
  #derived: LabelValues | undefined;

  constructor(plan: LabelPlan, row: LabelRow, stream: LabelValues) {
    this.stream = stream;
    this.isPushed = plan.isPushed;
    this.#plan = plan;
    this.#row = row;
  }

  get metadata(): LabelValues {
    this.#metadata ??= this.#makeMetadata();
    return this.#metadata;
  }

  get derived(): LabelValues {
    this.#derived ??= Object.assign(fill({}, this.#plan.derived, this.#plan, this.#row), columnLabels(this.#row));
    return this.#derived;
  }

  #makeMetadata(): LabelValues {
    const { version, traceId, spanId } = this.#row;
    const metadata = fill({}, this.#plan.metadata, this.#plan, this.#row);
    return this.isPushed
      ? metadata
      : Object.assign(metadata, presentLabels({ version, trace_id: traceId, span_id: spanId }));
  }
}

function textsOf(leaves: LabelLeaves, row: LabelRow): readonly string[] {
  return leaves.map(([, leaf]) => row.texts[leaf] ?? '');
}

function fill(
  labels: Record<string, string>,
  leaves: LabelLeaves,
  { escaped }: LabelPlan,
  row: LabelRow,
): Record<string, string> {
  for (const [name, leaf] of leaves) {
    const text = row.texts[leaf] ?? '';
    setMember(labels, name, escaped.has(leaf) ? (JSON.parse(text) as string) : text);
  }
  return labels;
}

/** Asks `logLabels` itself: of a record whose values are the numbers of their leaves. */
function planOf(shape: string, count: string): LabelPlan {
  const { leaves } = parseShape(shape);
  const cursor = { next: 0 };
  const [attributes, resource, details, geo, userAgent] = (JSON.parse(shape) as JsonObject[]).map(
    (object) => numberLeaves(object, cursor) as JsonObject,
  );
  const marked = logLabels({
    ...{ service: '', host: '', env: '', version: '', traceId: '', spanId: '', severityText: '', level: 'info' },
    attributes: attributes ?? {},
    resource: resource ?? {},
    details: count === '' ? {} : { ...details, [PUSHED_METADATA]: Number(count) },
    geo: geo ?? {},
    userAgent: userAgent ?? {},
  });
  const { isPushed } = marked;
  return {
    stream: isPushed ? leavesOf(marked.stream) : [],
    metadata: leavesOf(marked.metadata),
    // A level is no leaf's: every log has one.
    derived: isPushed ? leavesOf(marked.derived).filter(([name]) => name !== 'level' && name !== 'detected_level') : [],
    isPushed,
    escaped: new Set(leaves.flatMap(({ kind }, leaf) => (kind === LEAF_KINDS.escaped ? [leaf] : []))),
    streams: new Map(),
    labels: new Map(),
  };
}

function leavesOf(labels: LabelValues): LabelLeaves {
  return Object.entries(labels).map(([name, leaf]) => [name, Number(leaf)] as const);
}

function numberLeaves(place: JsonValue, cursor: { next: number }): JsonValue {
  if (place === null) {
    return null;
  }
  if (typeof place !== 'object') {
    cursor.next += 1;
    return String(cursor.next - 1);
  }
  const object: JsonObject = {};
  for (const [key, member] of Object.entries(place)) {
    setMember(object, key, numberLeaves(member, cursor));
  }
  return object;
}
