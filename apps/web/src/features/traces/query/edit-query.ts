import { parseFieldName, quoteText } from '@aegisguard/traceql/syntax';
import { type Filter, fieldKey, printFilter } from './filter.ts';
import { type FilterPlace, type FormPart, type QueryForm, readForm } from './query-form.ts';

/** The conditions of a query, and what it is with others in their place. */
interface Editable {
  readonly parts: readonly FormPart[];
  readonly write: (parts: readonly string[]) => string;
}

function isEditable(form: QueryForm): form is QueryForm & FilterPlace {
  return form.kind === 'form' || form.kind === 'behind';
}

function editable(query: string): Editable | undefined {
  const form = readForm(query);
  if (!isEditable(form)) {
    return undefined;
  }
  const { parts, from, to } = form;
  const isInserted = form.kind === 'behind' && from === to;
  return {
    parts,
    write: (texts) => {
      const filter = texts.length === 0 ? '{ }' : `{ ${texts.join(' && ')} }`;
      const written = `${query.slice(0, from)}${isInserted ? ' | ' : ''}${filter}${query.slice(to)}`;
      // A query that finds everything is no query.
      return written.trim() === '{ }' ? '' : written;
    },
  };
}

/** Whether filters can be put into a query. */
export function canFilter(query: string): boolean {
  return isEditable(readForm(query));
}

/** Of the filters that a form writes, whose fields are known to be some. */
function keyOf({ field }: Filter): string {
  return fieldKey(parseFieldName(field));
}

/** The query with filters put behind its conditions; as it is where none can be. */
export function addFilters(query: string, filters: readonly Filter[]): string {
  const found = editable(query);
  return found === undefined
    ? query
    : found.write([...found.parts.map(({ text }) => text), ...filters.map(printFilter)]);
}

/** The query with filters in the place of one of its conditions; none take it away. */
export function replacePart(query: string, index: number, filters: readonly Filter[]): string {
  const found = editable(query);
  return found === undefined
    ? query
    : found.write(found.parts.flatMap(({ text }, at) => (at === index ? filters.map(printFilter) : [text])));
}

function samePart(parts: readonly FormPart[], filter: Filter): number {
  const key = keyOf(filter);
  return parts.findIndex(
    (part) => part.key === key && part.filter?.op === filter.op && part.filter.value === filter.value,
  );
}

/** Whether the query has a filter among its conditions. */
export function hasFilter(query: string, filter: Filter): boolean {
  return samePart(editable(query)?.parts ?? [], filter) !== -1;
}

/** What cannot stand beside a filter: a field has one value, and is not what it is. */
function excludes(part: FormPart, filter: Filter, key: string): boolean {
  const isSameValue = part.filter?.value === filter.value;
  const op = part.key === key ? part.filter?.op : undefined;
  return filter.op === '=' ? op === '=' || (op === '!=' && isSameValue) : op === '=' && isSameValue;
}

/** The query with a filter, or without it where it has it. What it contradicts goes. */
export function toggleFilter(query: string, filter: Filter): string {
  const found = editable(query);
  if (found === undefined) {
    return query;
  }
  const same = samePart(found.parts, filter);
  if (same !== -1) {
    return replacePart(query, same, []);
  }
  const key = keyOf(filter);
  const kept = found.parts.filter((part) => !excludes(part, filter, key));
  return found.write([...kept.map(({ text }) => text), printFilter(filter)]);
}

/** The durations that a query asks for of spans are these; an end that is not given is open. */
export function setDurations(query: string, aboveMs: number | undefined, upToMs: number | undefined): string {
  const found = editable(query);
  if (found === undefined) {
    return query;
  }
  const isBound = ({ key, filter }: FormPart): boolean =>
    key === ':duration' && filter !== undefined && filter.op !== '=' && filter.op !== '!=';
  return found.write([
    ...found.parts.filter((part) => !isBound(part)).map(({ text }) => text),
    ...(aboveMs === undefined ? [] : [`duration > ${durationText(aboveMs)}`]),
    ...(upToMs === undefined ? [] : [`duration <= ${durationText(upToMs)}`]),
  ]);
}

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['us', 1e-3],
  ['ns', 1e-6],
] as const;

/** A duration as people write it, to three digits: `1.05ms`. */
export function durationText(ms: number): string {
  const rounded = Number(ms.toPrecision(3));
  // Minutes and hours only where they are whole: 1.5s, but 90s and 2h.
  const [unit, size] = UNITS.find(
    ([name, each]) => rounded >= each && (!(name === 'h' || name === 'm') || rounded % each === 0),
  ) ?? ['ns', 1e-6];
  return `${Number((rounded / size).toPrecision(3))}${unit}`;
}

/** A value of an answer as TraceQL has it; those of status and kind are words. */
export function valueText(field: string, value: string | number | boolean): string {
  const isWord = ['status', 'kind', 'span:status', 'span:kind'].includes(field);
  return typeof value === 'string' && !isWord ? quoteText(value) : String(value);
}
