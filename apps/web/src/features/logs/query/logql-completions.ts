import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { type CompletionPlace, completionPlace } from './completion-place.ts';
import type { LogNames } from './log-names.ts';
import { quoteLogQl } from './logql-string.ts';
import { type LogqlWord, OPERANDS, PIPES, RANGES, STAGES } from './logql-words.ts';

function wordOption({ label, piece, detail }: LogqlWord): Completion {
  const option = { label, detail, type: 'keyword' };
  return piece === undefined ? option : snippetCompletion(piece, option);
}

const OPERAND_OPTIONS = OPERANDS.map(wordOption);
const STAGE_OPTIONS = STAGES.map(wordOption);
const PIPE_OPTIONS = PIPES.map(wordOption);
const RANGE_OPTIONS = RANGES.map((label) => ({ label, type: 'constant' }));

async function optionsAt(place: CompletionPlace, names: LogNames): Promise<readonly Completion[]> {
  switch (place.kind) {
    case 'operand':
      return OPERAND_OPTIONS;
    case 'pipe':
      return PIPE_OPTIONS;
    case 'range':
      return RANGE_OPTIONS;
    case 'stage':
      return [...STAGE_OPTIONS, ...(await labelsBehind(place.pipeline, names))];
    case 'label':
      return (await names.labels()).map((label) => labelOption(label, place.isMatcher));
    case 'value':
      return (await names.values(place.label, place.others)).map((value) => ({
        label: value,
        apply: place.isQuoted ? quoteLogQl(value).slice(1, -1) : quoteLogQl(value),
        type: 'text',
      }));
  }
}

/** Labels that logs have, and behind them what the pipeline so far finds in lines. */
async function labelsBehind(pipeline: string, names: LogNames): Promise<readonly Completion[]> {
  const [fields, labels] = await Promise.all([names.fields(pipeline), names.labels()]);
  return [...new Set([...fields, ...labels])].map((label) => ({ label, detail: 'label', type: 'property' }));
}

function labelOption(label: string, isMatcher: boolean): Completion {
  const option = { label, type: 'property' };
  return isMatcher ? snippetCompletion(`${label}="#{}"`, option) : option;
}

/** Completes LogQL at the cursor. */
export function logqlCompletions(names: LogNames): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = completionPlace(context.state.doc.toString(), context.pos);
    // Unasked only while something is being typed, or where hardly anything else can stand.
    const isEager = place?.kind === 'label' || place?.kind === 'value' || place?.kind === 'range';
    if (place === undefined || !(context.explicit || isEager || place.from < context.pos)) {
      return null;
    }
    const typed = context.state.sliceDoc(place.from, context.pos);
    // What is written out has nothing to complete: Enter shall run the query. A snippet goes further than its label.
    const options = (await optionsAt(place, names)).filter(
      ({ label, apply }) => label !== typed || typeof apply === 'function',
    );
    return context.aborted ? null : { from: place.from, options };
  };
}
