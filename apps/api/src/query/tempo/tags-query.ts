// https://grafana.com/docs/tempo/latest/api_docs/#search
import { LogfmtDecoder } from '@aegisguard/logql';
import { AegisError } from '@aegisguard/model';
import {
  type AttributeField,
  findIntrinsic,
  type IntrinsicField,
  printField,
  printValue,
} from '@aegisguard/traceql/syntax';

const NOWHERE = { from: 0, to: 0 } as const;
const TAGS_MAX = 50;
const WORDS = /[\\^$.|?*+()[\]{}]/g;
/** What tags of Tempo's first search are in TraceQL. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['root.name', 'rootName'],
  ['root.service.name', 'rootServiceName'],
  ['status.code', 'status'],
]);

/** The field that a tag without a scope is: an intrinsic, or an attribute wherever it lies. */
export function fieldOfTag(tag: string): AttributeField | IntrinsicField {
  const intrinsic = findIntrinsic(OLD_NAMES.get(tag) ?? tag);
  return intrinsic === undefined || intrinsic.type === 'nil'
    ? { kind: 'attribute', scope: 'any', isParent: false, name: tag, at: NOWHERE }
    : { kind: 'intrinsic', name: intrinsic.name, isParent: false, at: NOWHERE };
}

/** A text that contains another, whatever its case, as a regular expression. */
function containing(text: string): string {
  return printValue({ type: 'string', value: `(?is).*${text.replaceAll(WORDS, '\\$&')}.*` });
}

function conditionOf(tag: string, value: string): string {
  const field = fieldOfTag(tag);
  const name = printField(field);
  const type = field.kind === 'intrinsic' ? findIntrinsic(name)?.type : undefined;
  if (type === 'status' || type === 'kind') {
    return /^[a-z]+$/.test(value) ? `${name} = ${value}` : 'false';
  }
  const conditions = type === undefined || type === 'string' ? [`${name} =~ ${containing(value)}`] : [];
  if (type !== 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)) {
    conditions.push(`${name} = ${value}`);
  }
  if (type === undefined && (value === 'true' || value === 'false')) {
    conditions.push(`${name} = ${value}`);
  }
  return conditions.length === 0 ? 'false' : conditions.join(' || ');
}

/** A search by tags as TraceQL: a trace has a span for each of them. Undefined where nothing is asked. */
export function tagsQuery(
  tags: string,
  durations: { readonly min: bigint | undefined; readonly max: bigint | undefined },
): string | undefined {
  const filters: string[] = [];
  const decoder = new LogfmtDecoder();
  decoder.begin(tags);
  while (!decoder.isAtEnd) {
    if (decoder.next()) {
      filters.push(conditionOf(decoder.key, decoder.value));
    }
    if (decoder.problem !== undefined || filters.length > TAGS_MAX) {
      throw new AegisError('invalid-request', {
        detail: `invalid tags: ${decoder.problem ?? `there may be at most ${TAGS_MAX} of them`}`,
      });
    }
  }
  const { min, max } = durations;
  const ofTrace = [
    ...(min === undefined ? [] : [`traceDuration >= ${printValue({ type: 'duration', value: min })}`]),
    ...(max === undefined ? [] : [`traceDuration <= ${printValue({ type: 'duration', value: max })}`]),
  ];
  if (ofTrace.length > 0) {
    filters.push(ofTrace.join(' && '));
  }
  return filters.length === 0 ? undefined : filters.map((filter) => `{ ${filter} }`).join(' && ');
}
