import {
  ATTRIBUTE_COUNT_MAX,
  boundAttributes,
  countLeaves,
  type JsonObject,
  type JsonValue,
  type LogLabels,
  type LogRecord,
  logLabels,
  PUSHED_METADATA,
  setMember,
  TextBounds,
} from '@aegisguard/model';
import { levelOf } from '../stages/levels.ts';
import { attributeAt, deleteLabel, hasLabel } from './attribute-paths.ts';
import type { Observation } from './metrics/log-metric.ts';
import { recordLabel } from './record-label.ts';
import { RuleError } from './rule-error.ts';
import { severityOfValue } from './severity-of-value.ts';
import { valueText } from './value-text.ts';

/** Columns that a label of the name sets, with how many UTF-16 units of it. */
const COLUMNS: Readonly<Record<string, 'service' | 'host' | 'env' | 'version' | 'traceId' | 'spanId'>> = {
  service: 'service',
  service_name: 'service',
  host: 'host',
  env: 'env',
  version: 'version',
  trace_id: 'traceId',
  span_id: 'spanId',
};
/** Labels that are the level. */
const LEVEL_LABELS: ReadonlySet<string> = new Set(['level', 'detected_level']);
const COLUMN_LENGTH_MAX = 255;

function ownColumn(name: string): (typeof COLUMNS)[string] | undefined {
  return Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
}

/**
 * A record that a rule works on, with the values that its steps have extracted. A name means an extracted value, or else a label, as in Promtail. Labels of a Loki push are its stream's, and its
 * structured metadata are the first of its attributes; of any other log a label is a column or an attribute.
 */
export class WorkingEntry {
  record: LogRecord;
  readonly values = new Map<string, JsonValue>();
  /** Why the log is to go; undefined while it is not. */
  dropped: string | undefined;
  /** What it does to metrics, once its rule is through. */
  observations: Observation[] | undefined;
  private readonly before: LogRecord;
  private ownsAttributes = false;
  private ownsResource = false;
  private labels: LogLabels | undefined;

  constructor(record: LogRecord) {
    this.record = record;
    this.before = { ...record };
  }

  /** Gives the record back as it was; it has done nothing to metrics. */
  rollBack(): void {
    Object.assign(this.record, this.before);
    this.observations = undefined;
  }

  observe(observation: Observation): void {
    this.observations ??= [];
    this.observations.push(observation);
  }

  /** Whether the message is another one than it was. */
  get isRewritten(): boolean {
    return this.record.message !== this.before.message;
  }

  get isPushed(): boolean {
    return typeof this.record.details[PUSHED_METADATA] === 'number';
  }

  /** The extracted value, or else the label or attribute. What a pushed record is only in our columns does not count: its sender never said it. */
  value(name: string): JsonValue | undefined {
    return this.values.has(name) ? this.values.get(name) : this.field(name);
  }

  /** A label or an attribute. */
  field(name: string): JsonValue | undefined {
    if (!this.isPushed) {
      return this.label(name);
    }
    const { attributes, resource } = this.record;
    return attributeAt(resource, name) ?? attributeAt(attributes, name);
  }

  /** What a step reads: the named value as a text, or the message. */
  text(source: string | undefined): string | undefined {
    return source === undefined ? this.record.message : valueText(this.value(source));
  }

  label(name: string): string | undefined {
    return recordLabel(this.record, name, () => this.allLabels());
  }

  allLabels(): LogLabels {
    this.labels ??= logLabels(this.record);
    return this.labels;
  }

  setMessage(text: string): void {
    this.record.message = text;
  }

  /** Sets a label of the stream, or what stands for one. */
  setLabel(name: string, value: string): void {
    this.keepAsValue(name);
    const column = ownColumn(name);
    if (column !== undefined) {
      this.record[column] = value.slice(0, COLUMN_LENGTH_MAX).toWellFormed();
    }
    if (LEVEL_LABELS.has(name)) {
      this.setLevel(value);
    }
    if (this.isPushed) {
      this.write(this.ownResource(), name, value);
    } else if (column === undefined && !LEVEL_LABELS.has(name)) {
      this.write(this.ownAttributes(), name, value);
    }
    this.labels = undefined;
  }

  /** Takes a label away; a column that has none is empty. */
  dropLabel(name: string): void {
    if (this.label(name) === undefined) {
      return;
    }
    this.keepAsValue(name);
    if (this.isPushed) {
      if (hasLabel(this.record.resource, name)) {
        deleteLabel(this.ownResource(), name);
      }
    } else {
      const column = ownColumn(name);
      if (column !== undefined && column !== 'service') {
        this.record[column] = '';
      }
      this.dropAttribute(name);
    }
    this.labels = undefined;
  }

  /** Takes an attribute away, by the name of its label or its path. */
  dropAttribute(name: string): void {
    const { attributes } = this.record;
    if (!hasLabel(attributes, name)) {
      return;
    }
    const metadata = this.metadataCount();
    const isMetadata = metadata !== undefined && Object.keys(attributes).slice(0, metadata).includes(name);
    deleteLabel(this.ownAttributes(), name);
    if (isMetadata) {
      this.setMetadataCount(metadata - 1);
    }
    this.labels = undefined;
  }

  /** Sets an attribute; of a Loki push it is what was read out of the line, no metadata. */
  setAttribute(name: string, value: JsonValue): void {
    this.write(this.ownAttributes(), name, value);
    this.labels = undefined;
  }

  /** Sets an attribute that is structured metadata where the record came by a Loki push. */
  setMetadata(name: string, value: string): void {
    const count = this.metadataCount();
    const names = Object.keys(this.record.attributes);
    const at = names.indexOf(name);
    if (count === undefined || (at >= 0 && at < count)) {
      this.setAttribute(name, value);
      return;
    }
    const kept = this.admit(this.record.attributes, name, value);
    const attributes: JsonObject = {};
    for (const [index, key] of names.entries()) {
      if (index === count) {
        setMember(attributes, name, kept);
      }
      if (key !== name) {
        setMember(attributes, key, this.record.attributes[key] ?? null);
      }
    }
    setMember(attributes, name, kept);
    this.record.attributes = attributes;
    this.ownsAttributes = true;
    this.setMetadataCount(count + 1);
    this.labels = undefined;
  }

  /** Sets the level by its name or number; what is none leaves it. */
  setLevel(value: string): void {
    const severityNumber = severityOfValue(value);
    if (severityNumber !== 0) {
      this.record.severityNumber = severityNumber;
      this.record.severityText = value.slice(0, COLUMN_LENGTH_MAX).toWellFormed();
      this.record.level = levelOf(severityNumber);
      this.labels = undefined;
    }
  }

  /** A label that changes keeps its old value for the steps that come, which see the labels that there were at the beginning. */
  private keepAsValue(name: string): void {
    if (!this.values.has(name)) {
      const old = this.label(name);
      if (old !== undefined) {
        this.values.set(name, old);
      }
    }
  }

  private metadataCount(): number | undefined {
    const count = this.record.details[PUSHED_METADATA];
    return typeof count === 'number' ? count : undefined;
  }

  private setMetadataCount(count: number): void {
    this.record.details = { ...this.record.details, [PUSHED_METADATA]: count };
  }

  private write(object: JsonObject, name: string, value: JsonValue): void {
    setMember(object, name, this.admit(object, name, value));
  }

  /** A value within the limits of contract §6, "Records". Throws `RuleError` where it would be one attribute too many. */
  private admit(object: JsonObject, name: string, value: JsonValue): JsonValue {
    const bounds = new TextBounds();
    const { value: bounded = null } = boundAttributes({ value }, bounds);
    const before = Object.hasOwn(object, name) ? (object[name] ?? null) : null;
    const added = countLeaves(bounded, ATTRIBUTE_COUNT_MAX) - countLeaves(before, ATTRIBUTE_COUNT_MAX);
    if (added > 0 && countLeaves(object, ATTRIBUTE_COUNT_MAX) + added > ATTRIBUTE_COUNT_MAX) {
      throw new RuleError('made too many attributes');
    }
    this.record.truncated ||= bounds.truncated;
    return bounded;
  }

  /** The objects of a record are copied before they are changed, so that the record can be given back as it was. */
  private ownAttributes(): JsonObject {
    if (!this.ownsAttributes) {
      this.record.attributes = { ...this.record.attributes };
      this.ownsAttributes = true;
    }
    return this.record.attributes;
  }

  private ownResource(): JsonObject {
    if (!this.ownsResource) {
      this.record.resource = { ...this.record.resource };
      this.ownsResource = true;
    }
    return this.record.resource;
  }
}
