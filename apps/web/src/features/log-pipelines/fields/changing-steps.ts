import { NAMED_SOURCE, SOURCE, type StepFormsOf } from './step-form.ts';

/** Steps that change the message, and values. */
export const CHANGING_STEPS: StepFormsOf<
  'template' | 'replace' | 'output' | 'decolorize' | 'truncate' | 'pack' | 'level' | 'timestamp'
> = {
  template: {
    label: 'Make a value',
    about: 'Makes a value of a template, with the functions of LogQL’s line_format.',
    members: {
      source: { type: 'text', label: 'Name', hint: 'What the value is called.', placeholder: 'route' },
      template: {
        type: 'expression',
        label: 'Template',
        hint: '.Value is what was there. An empty result takes the value away.',
        placeholder: '{{ .method }} {{ .path | ToLower }}',
      },
    },
  },
  replace: {
    label: 'Replace',
    about: 'Replaces what an expression matches: its groups, or all of it where it has none.',
    members: {
      expression: { type: 'expression', label: 'Expression (RE2)', placeholder: String.raw`token=(\S+)` },
      replacement: {
        type: 'expression',
        label: 'By this template',
        hint: '.Value is what was there.',
        placeholder: '***',
      },
      source: SOURCE,
    },
  },
  output: {
    label: 'Set the message',
    about: 'A value becomes the message, which is then read as if it had come so.',
    members: { source: { ...NAMED_SOURCE, placeholder: 'log' } },
  },
  decolorize: { label: 'Take colours away', about: 'Takes the colours of terminals out of the message.', members: {} },
  truncate: {
    label: 'Cut',
    about: 'Cuts a text that is too long.',
    members: {
      bytesMax: { type: 'number', label: 'Bytes at most', placeholder: '2000' },
      suffix: { type: 'text', label: 'Then put', hint: 'Its bytes count.', placeholder: '…' },
      source: SOURCE,
    },
  },
  pack: {
    label: 'Pack labels into the message',
    about: 'Labels and values become part of the message, as LogQL’s unpack reads them.',
    members: {
      labels: { type: 'names', label: 'Labels and values', placeholder: 'pod' },
      ingestTimestamp: {
        type: 'switch',
        label: 'Set the time to that of receipt',
        hint: 'As of streams that are put together.',
        initial: true,
      },
    },
  },
  level: {
    label: 'Set the level',
    about: 'A value is the level: a name, or a number of any of the usual scales.',
    members: { source: { ...NAMED_SOURCE, placeholder: 'severity' } },
  },
  timestamp: {
    label: 'Set the time',
    about: 'A value is the time of the log.',
    members: {
      source: { ...NAMED_SOURCE, placeholder: 'time' },
      location: {
        type: 'text',
        label: 'Time zone',
        hint: 'For formats without one; empty: UTC.',
        placeholder: 'Europe/Berlin',
        isOptional: true,
      },
      formats: {
        type: 'lines',
        label: 'Formats',
        hint: 'Go’s layouts (2006-01-02 15:04:05), their names (RFC3339), Unix, UnixMs, UnixUs or UnixNs. The first that reads it counts.',
        lineLabel: 'Format',
        placeholder: 'RFC3339',
      },
      onFailure: {
        type: 'choice',
        label: 'Where no format reads it',
        choices: { fudge: 'Right after the last log of its stream', skip: 'Leave the time as it is' },
        initial: 'fudge',
      },
    },
  },
};
