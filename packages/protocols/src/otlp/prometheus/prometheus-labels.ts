// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-attributes
import { type JsonObject, type JsonValue, stringifyBounded } from '@aegisguard/model';
import { LABEL_VALUE_BYTES_MAX } from '../../metrics/label-limits.ts';

const CLEAN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const UNCLEAN = /[^A-Za-z0-9]+/g;
/** Labels of ours keep their name; an attribute that would have it gets this before it, as a scraped label does that clashes with one of the target's. */
const CLASHING = 'exported_';

/** An attribute's name as a label's: what is not a letter or digit becomes `_`, several in a row one. One that begins with a digit gets `key_` before it. */
export function labelNameOf(attribute: string): string {
  if (CLEAN.test(attribute) && !attribute.includes('__')) {
    return attribute;
  }
  const name = attribute.replace(UNCLEAN, '_');
  return /^\d/.test(name) ? `key_${name}` : name || '_';
}

/** An attribute's value as a label's: JSON for what has members. Longer than a label may be only as far as that it shows. */
export function labelValueOf(value: JsonValue): string {
  if (typeof value === 'string') {
    return value.toWellFormed();
  }
  if (value === null) {
    return '';
  }
  return typeof value === 'object' ? stringifyBounded(value, LABEL_VALUE_BYTES_MAX + 1).toWellFormed() : String(value);
}

/** An attribute that becomes a label under a name of our choice; `key` is the one that it is sorted by where several become the same label. */
export interface AttributeLabel {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** The attributes as labels, before those that become the same are joined. */
export function attributeLabels(attributes: JsonObject): AttributeLabel[] {
  return Object.keys(attributes).map((key) => ({
    key,
    name: labelNameOf(key),
    value: labelValueOf(attributes[key] ?? null),
  }));
}

function compareKeys(left: AttributeLabel, right: AttributeLabel): number {
  return left.key < right.key ? -1 : Number(left.key > right.key);
}

/**
 * Labels of attributes: values of those that become the same label are joined by `;` in the order of the attributes' names, and one that would have a reserved name is moved
 * aside. Empty values are left out.
 */
export function joinLabels(
  attributes: readonly AttributeLabel[],
  reserved: ReadonlySet<string>,
): [name: string, value: string][] {
  const joined = new Map<string, string>();
  for (const { name, value } of [...attributes].sort(compareKeys)) {
    if (value !== '') {
      const free = reserved.has(name) ? CLASHING + name : name;
      const before = joined.get(free);
      joined.set(free, before === undefined ? value : `${before};${value}`);
    }
  }
  return [...joined];
}
