import type { FieldExpression, SpansetFilter, SpansetPipeline, TraceQuery } from '@aegisguard/traceql/syntax';
import { type Filter, fieldKey, filterOperator, mirrored } from './filter.ts';
import { parsedQuery } from './parsed-query.ts';

/** One of the conditions that must all hold of a span. */
export interface FormPart {
  /** As TraceQL has it; in parentheses where it needs them beside others. */
  readonly text: string;
  /** The comparison that it is; absent for what a form does not know. */
  readonly filter?: Filter;
  /** What the filter is of, however it is written. */
  readonly key?: string;
  /** The filter's value, without the quotes of a text. */
  readonly shown?: string;
  /** The value is a text. */
  readonly isText?: boolean;
}

/** Conditions between two braces of a query, and where these stand. */
export interface FilterPlace {
  readonly parts: readonly FormPart[];
  readonly from: number;
  readonly to: number;
}

/** What a form can make of a query. */
export type QueryForm =
  /** It begins with a filter, which the form is; what stands behind it is left as it is. */
  | ({ readonly kind: 'form' } & FilterPlace)
  /** It begins with something else, and what that finds can be filtered behind it: by a filter that is there already, or at a place where none is. */
  | ({ readonly kind: 'behind' } & FilterPlace)
  /** Nothing can be said of single spans. */
  | { readonly kind: 'other' }
  | { readonly kind: 'invalid' };

function conjuncts(condition: FieldExpression): readonly FieldExpression[] {
  return condition.kind === 'binary' && condition.op === '&&'
    ? [...conjuncts(condition.left), ...conjuncts(condition.right)]
    : [condition];
}

function partOf(query: string, condition: FieldExpression): FormPart {
  const textOf = ({ at }: FieldExpression): string => query.slice(at.from, at.to);
  const text = textOf(condition);
  if (condition.kind !== 'binary') {
    return { text };
  }
  const { left, right } = condition;
  const isTurned = left.kind === 'static';
  const [field, value] = isTurned ? [right, left] : [left, right];
  const written = filterOperator(condition.op);
  const op = written !== undefined && isTurned ? mirrored(written) : written;
  if (op === undefined || value.kind !== 'static' || (field.kind !== 'attribute' && field.kind !== 'intrinsic')) {
    return { text: condition.op === '||' ? `(${text})` : text };
  }
  const isText = value.value.type === 'string';
  return {
    text,
    filter: { field: textOf(field), op, value: textOf(value) },
    key: fieldKey(field),
    shown: value.value.type === 'string' ? value.value.value : textOf(value),
    isText,
  };
}

function pipelineOf({ body }: TraceQuery): SpansetPipeline | undefined {
  return body.kind === 'pipeline' ? body : body.kind === 'metrics' ? body.spansets : undefined;
}

function placeOf(query: string, { condition, at }: SpansetFilter): FilterPlace {
  const parts = condition === undefined ? [] : conjuncts(condition).map((each) => partOf(query, each));
  return { parts, ...at };
}

/** Reads a query as a form. An empty one has no conditions yet. */
export function readForm(query: string): QueryForm {
  if (query.trim() === '') {
    return { kind: 'form', parts: [], from: 0, to: query.length };
  }
  const tree = parsedQuery(query);
  if (tree === undefined) {
    return { kind: 'invalid' };
  }
  const [first, second] = pipelineOf(tree)?.stages ?? [];
  if (first === undefined) {
    return { kind: 'other' };
  }
  if (first.kind === 'spanset-filter') {
    return { kind: 'form', ...placeOf(query, first) };
  }
  return second?.kind === 'spanset-filter'
    ? { kind: 'behind', ...placeOf(query, second) }
    : { kind: 'behind', parts: [], from: first.at.to, to: first.at.to };
}
