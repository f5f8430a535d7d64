import { SOURCE, type StepFormsOf } from './step-form.ts';

/** Steps that decide whether a log stays, and for which logs steps are. */
export const DECIDING_STEPS: StepFormsOf<'drop' | 'sample' | 'match'> = {
  drop: {
    label: 'Drop',
    about: 'Drops the log when everything holds that is said here.',
    members: {
      expression: {
        type: 'expression',
        label: 'Matches this expression (RE2)',
        hint: 'The message, or the values below.',
        placeholder: 'GET /health',
        isOptional: true,
      },
      value: {
        type: 'optional-text',
        label: 'Is equal to',
        hint: 'Of the values below.',
        emptyWords: 'an empty text',
        isOptional: true,
      },
      sources: {
        type: 'names',
        label: 'Values',
        hint: 'All must be there, and are joined. None: the message.',
        placeholder: 'status',
      },
      separator: { type: 'text', label: 'Joined by', initial: ';' },
      longerThanBytes: { type: 'number', label: 'Longer than (bytes)', placeholder: '8000', isOptional: true },
      olderThanSeconds: {
        type: 'number',
        label: 'Older than (seconds)',
        hint: 'Before it was received.',
        placeholder: '86400',
        isOptional: true,
      },
    },
  },
  sample: {
    label: 'Keep a sample',
    about: 'Keeps a share of the logs. It is told by the log’s id, not by chance.',
    members: {
      rate: { type: 'number', label: 'Share that is kept', hint: '0.1 is a tenth.', placeholder: '0.1' },
      source: {
        ...SOURCE,
        label: 'Alike for equal',
        hint: 'All logs with the same value are kept, or none.',
        placeholder: 'trace_id',
      },
    },
  },
  match: {
    label: 'Only for some logs',
    about: 'Steps for the logs that a selector finds; or drops them.',
    members: {
      selector: { type: 'selector', label: 'Selector' },
      action: {
        type: 'choice',
        label: 'What it does',
        choices: { keep: 'Goes through the steps below', drop: 'Drops what it finds' },
        initial: 'keep',
      },
      steps: { type: 'steps', label: 'Steps' },
    },
  },
};
