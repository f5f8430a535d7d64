import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import { findIntrinsic, INTRINSICS, type Intrinsic, quoteText, SCOPE_WORDS } from '@aegisguard/traceql/syntax';
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { type CompletionPlace, completionPlace } from './completion-place.ts';
import { attributeText, type TraceField, type TraceNames } from './trace-names.ts';
import * as words from './traceql-words.ts';

function wordOption({ label, piece, detail }: words.TraceqlWord): Completion {
  const option = { label, detail, type: 'keyword' };
  return piece === undefined ? option : snippetCompletion(piece, option);
}

const WORDS: Readonly<Partial<Record<CompletionPlace['kind'], readonly Completion[]>>> = {
  beginning: words.BEGINNINGS.map(wordOption),
  comparison: words.COMPARISONS.map(wordOption),
  connective: words.CONNECTIVES.map(wordOption),
  relation: words.RELATIONS.map(wordOption),
  'series-relation': words.SERIES_RELATIONS.map(wordOption),
  stage: words.STAGES.map(wordOption),
  'series-stage': words.SERIES_STAGES.map(wordOption),
};

/** A comparison to begin with, by the type of what is compared. */
function comparisonOf(type: Intrinsic['type'] | TraceField['type']): string {
  switch (type) {
    case 'string':
      return ' = "#{}"';
    case 'duration':
    case 'int':
      return ' > #{}';
    case 'nil':
      return ' != nil';
    default:
      return ' = #{}';
  }
}

function fieldOption(label: string, detail: string, comparison: string | undefined): Completion {
  const option = { label, detail, type: 'property' };
  return comparison === undefined ? option : snippetCompletion(`${label.replaceAll('#', '\\#')}${comparison}`, option);
}

async function fieldOptions(isCompared: boolean, names: TraceNames): Promise<readonly Completion[]> {
  const compared = (type: Intrinsic['type'] | TraceField['type']) => (isCompared ? comparisonOf(type) : undefined);
  const intrinsics = INTRINSICS.map(({ short, scoped, type, description }) =>
    fieldOption(short ?? scoped ?? '', description, compared(type)),
  );
  const attributes = (await names.fields()).map((field) =>
    fieldOption(attributeText(field), field.type, compared(field.type)),
  );
  const scopes = SCOPE_WORDS.map(({ text, description }) => ({
    label: text,
    detail: description,
    type: 'namespace',
    boost: -50,
  }));
  return [...intrinsics, ...attributes, ...scopes];
}

function constants(labels: readonly string[]): readonly Completion[] {
  return labels.map((label) => ({ label, type: 'constant' }));
}

async function valueOptions(field: string, isQuoted: boolean, names: TraceNames): Promise<readonly Completion[]> {
  switch (findIntrinsic(field)?.type) {
    case 'status':
      return constants(SPAN_STATUSES);
    case 'kind':
      return constants(SPAN_KINDS);
    case 'duration':
      return constants(words.DURATIONS);
    default: {
      const values = await names.values(field, '');
      return values.map(({ value }) => {
        const text = typeof value === 'string' ? quoteText(value) : String(value);
        return { label: String(value), apply: isQuoted ? text.replace(/^"|"$/g, '') : text, type: 'text' };
      });
    }
  }
}

async function optionsAt(
  place: CompletionPlace,
  isCompared: boolean,
  names: TraceNames,
): Promise<readonly Completion[]> {
  switch (place.kind) {
    case 'field':
      return fieldOptions(place.isCompared && !isCompared, names);
    case 'value':
      return valueOptions(place.field, place.isQuoted, names);
    default:
      return WORDS[place.kind] ?? [];
  }
}

/** Completes TraceQL at the cursor. */
export function traceqlCompletions(names: TraceNames): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString();
    const place = completionPlace(text, context.pos);
    // Unasked only while something is being typed, or where hardly anything else can stand.
    const isEager = place?.kind === 'field' || place?.kind === 'value';
    if (place === undefined || !(context.explicit || isEager || place.from < context.pos)) {
      return null;
    }
    const typed = context.state.sliceDoc(place.from, context.pos);
    // A comparison that is there already is not written again.
    const isCompared = /^\s*[=!<>]/.test(text.slice(context.pos));
    // What is written out has nothing to complete: Enter shall run the query. A snippet goes further than its label.
    const options = (await optionsAt(place, isCompared, names)).filter(
      ({ label, apply }) => label !== typed || typeof apply === 'function',
    );
    return context.aborted ? null : { from: place.from, options };
  };
}
