import { TRACEQL_ROUTES, type TraceFieldsAnswer, type TraceValuesAnswer } from '@aegisguard/model';
import { printField } from '@aegisguard/traceql/syntax';
import { callRoute } from '../../../lib/call-route.ts';
import { KeptAnswers } from '../../../lib/kept-answers.ts';
import { askedRange, type ResolvedRange } from '../../../lib/time-range.ts';

/** An attribute that spans have. */
export type TraceField = TraceFieldsAnswer['fields'][number];

/** A value of a field, and how many of the latest spans have it. */
type TraceValue = TraceValuesAnswer['values'][number];

/** What is known of an organization's spans, for completing queries. Questions that fail answer with nothing. */
export interface TraceNames {
  readonly fields: () => Promise<readonly TraceField[]>;
  /** Values of a field, as TraceQL has it, among the spans of a query; an empty one means all. */
  readonly values: (field: string, query: string) => Promise<readonly TraceValue[]>;
}

// Of the whole page: the editor and the form ask the same.
const keptFields = new KeptAnswers<TraceField>();
const keptValues = new KeptAnswers<TraceValue>();

/** Attributes and values of an organization, over the time that the page shows. */
export function traceNames(orgId: string, range: () => ResolvedRange): TraceNames {
  return {
    fields: () =>
      keptFields.once(orgId, async () => {
        const body = askedRange(range());
        return (await callRoute(TRACEQL_ROUTES.listTraceFields, { body, orgId })).fields;
      }),
    values: (field, query) =>
      keptValues.once(JSON.stringify([orgId, field, query]), async () => {
        const body = { field, ...(query === '' ? {} : { query }), ...askedRange(range()) };
        return (await callRoute(TRACEQL_ROUTES.listTraceValues, { body, orgId })).values;
      }),
  };
}

/** An attribute as TraceQL has it. */
export function attributeText({ scope, name }: Pick<TraceField, 'scope' | 'name'>): string {
  return printField({ kind: 'attribute', scope, isParent: false, name });
}
