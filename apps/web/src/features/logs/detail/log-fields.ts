import { addedLabelName, type JsonObject, type JsonValue, type LogView, labelName } from '@aegisguard/model';
import { flattenJson, type JsonPath, jsonKind } from './json-tree.ts';

/** One value of a log, named as people name it. */
export interface LogField {
  /** `http.status_code`; unique within its group. */
  readonly name: string;
  readonly path: JsonPath;
  readonly value: JsonValue;
}

/** Fields that belong together. */
export interface LogFieldGroup {
  readonly title: 'Parsed' | 'Log' | 'Attributes' | 'Resource' | 'Place' | 'Client';
  readonly fields: readonly LogField[];
}

/** Members of a record that are columns, and the label that each answers to in LogQL (contract §6, "Names"). */
const NATIVE_LABELS: Readonly<Record<string, string>> = {
  service: 'service',
  level: 'level',
  host: 'host',
  env: 'env',
  version: 'version',
  traceId: 'trace_id',
  spanId: 'span_id',
};

/** Shown elsewhere (message, time) or under their own headings. */
const NOT_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'timestamp',
  'message',
  'line',
  'parsed',
  'attributes',
  'resource',
  'details',
  'geo',
  'userAgent',
]);

/** A filter that a value of a log can become. */
export interface FieldFilter {
  readonly label: string;
  readonly value: string;
  /** The query's pipeline made the label, so it can only be compared behind it. */
  readonly isParsed: boolean;
}

/** The whole record as the JSON that the API gave. */
export function logAsJson(log: LogView): JsonObject {
  return JSON.parse(JSON.stringify(log)) as JsonObject;
}

/** The filter that selects logs with the value at this path of the record; undefined where no label reaches (containers, list items, null). */
export function fieldFilter(path: JsonPath, value: JsonValue, isInsideList: boolean): FieldFilter | undefined {
  const kind = jsonKind(value);
  if (isInsideList || kind === 'object' || kind === 'array' || kind === 'null') {
    return undefined;
  }
  const [first = '', ...rest] = path;
  const label = rest.length === 0 ? NATIVE_LABELS[first] : labelOfMember(first, rest);
  return label === undefined || label === '' || /^\d/.test(label)
    ? undefined
    : { label, value: String(value), isParsed: first === 'parsed' };
}

function labelOfMember(object: string, path: JsonPath): string | undefined {
  if (object === 'parsed') {
    return path[0];
  }
  if (object === 'geo' || object === 'userAgent') {
    return addedLabelName(object, path);
  }
  return object === 'attributes' || object === 'resource' ? labelName(path) : undefined;
}

/** Leaves of an object, dotted; a list is one value. */
function leavesOf(prefix: JsonPath, object: JsonObject): LogField[] {
  return flattenJson(object, () => true)
    .filter((row) => !isUnderList(object, row.path))
    .filter((row) => row.kind !== 'object' || row.size === 0)
    .map((row) => ({ name: row.path.join('.'), path: [...prefix, ...row.path], value: row.value }));
}

/** True when a container on the way to the value is a list. */
export function isUnderList(root: JsonValue, path: JsonPath): boolean {
  let value: JsonValue | undefined = root;
  for (const step of path.slice(0, -1)) {
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[step] : undefined;
    if (Array.isArray(value)) {
      return true;
    }
  }
  return Array.isArray(root) && path.length > 0;
}

/** What a protocol said beside the attributes; what was scrubbed stands under the message. */
function detailsField({ details = {} }: LogView): JsonObject {
  const { scrubbed: _, ...said } = details;
  return Object.keys(said).length === 0 ? {} : { details: said };
}

/** How often each kind was taken out of a log, the most frequent first. */
export function scrubbedKinds({ details }: LogView): readonly { readonly kind: string; readonly count: number }[] {
  const scrubbed = details?.scrubbed;
  const entries = typeof scrubbed === 'object' && scrubbed !== null ? Object.entries(scrubbed) : [];
  return entries
    .flatMap(([kind, count]) => (typeof count === 'number' && count > 0 ? [{ kind, count }] : []))
    .toSorted((a, b) => b.count - a.count);
}

/** A log's values in the order that a reader looks for them. */
export function logFields(log: LogView): readonly LogFieldGroup[] {
  const record = logAsJson(log);
  const native = Object.fromEntries(Object.entries(record).filter(([name]) => !NOT_FIELDS.has(name)));
  const groups: readonly LogFieldGroup[] = [
    {
      title: 'Parsed',
      fields: Object.entries(log.parsed ?? {}).map(([name, value]) => ({ name, path: ['parsed', name], value })),
    },
    { title: 'Log', fields: leavesOf([], { ...native, ...detailsField(log) }) },
    { title: 'Attributes', fields: leavesOf(['attributes'], log.attributes) },
    { title: 'Resource', fields: leavesOf(['resource'], log.resource) },
    { title: 'Place', fields: leavesOf(['geo'], log.geo ?? {}) },
    { title: 'Client', fields: leavesOf(['userAgent'], log.userAgent ?? {}) },
  ];
  return groups.filter((group) => group.fields.length > 0);
}
