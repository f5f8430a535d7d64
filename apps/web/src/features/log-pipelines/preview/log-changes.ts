import type { JsonObject, JsonValue, PipelineLog } from '@aegisguard/model';

/** What is different about a log: something came, went, or is another. */
export interface LogChange {
  readonly place: 'message' | 'level' | 'service' | 'time' | 'attribute' | 'label';
  /** Of an attribute or a label; the place's own name else. */
  readonly name: string;
  /** Undefined for what came. */
  readonly before: string | undefined;
  /** Undefined for what went. */
  readonly after: string | undefined;
}

/** Labels that are shown as what they are of every log. */
const SHOWN_LABELS: ReadonlySet<string> = new Set(['level', 'service_name', 'detected_level']);

/** `2026-11-27T07:12:31.222000000Z` without what says nothing. */
function timeText(timestamp: string): string {
  return timestamp.replace(/(?:\.|(\.\d*?))0+Z$/, '$1Z');
}

/** A value as a page shows it. */
function valueText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function leavesOf(object: JsonObject, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(object).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
      ? leavesOf(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, valueText(value)] as const],
  );
}

function changesOf(
  place: LogChange['place'],
  before: readonly (readonly [string, string])[],
  after: readonly (readonly [string, string])[],
): readonly LogChange[] {
  const old = new Map(before);
  const now = new Map(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ place, name, before: old.get(name), after: now.get(name) }))
    .filter((change) => change.before !== change.after);
}

/** The log's own members, then labels, then attributes by their paths. */
export function logChanges(before: PipelineLog, after: PipelineLog): readonly LogChange[] {
  const own = [
    ['message', 'message', before.message, after.message],
    ['level', 'level', before.level, after.level],
    ['service', 'service', before.service, after.service],
    ['time', 'time', timeText(before.timestamp), timeText(after.timestamp)],
  ] as const;
  const attributes = changesOf('attribute', leavesOf(before.attributes), leavesOf(after.attributes));
  const attributeNames = new Set(attributes.map(({ name }) => name));
  const labels = changesOf('label', Object.entries(before.labels), Object.entries(after.labels));
  return [
    ...own
      .filter(([, , old, now]) => old !== now)
      .map(([place, name, old, now]) => ({ place, name, before: old, after: now })),
    // Of a log that was not pushed with labels, one is an attribute or a column.
    ...labels.filter(({ name }) => !SHOWN_LABELS.has(name) && !attributeNames.has(name)),
    ...attributes,
  ];
}

/** What a step extracted: values that are new or others than before it. */
export function newValues(before: JsonObject, after: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(after)
    .map(([name, value]) => [name, valueText(value)] as const)
    .filter(([name, text]) => !Object.hasOwn(before, name) || valueText(before[name] ?? null) !== text);
}
