import { SOURCE, STORE, type StepFormsOf } from './step-form.ts';

/** Steps that read something out of a text. */
export const READING_STEPS: StepFormsOf<'json' | 'logfmt' | 'regex' | 'grok' | 'event-message'> = {
  json: {
    label: 'Parse JSON',
    about: 'Takes values out of a JSON text.',
    members: {
      expressions: {
        type: 'entries',
        label: 'Values',
        hint: 'A value without an expression is the member of its own name. Without values, every member is taken.',
        nameLabel: 'Name',
        valueLabel: 'JMESPath',
        namePlaceholder: 'user',
        valuePlaceholder: 'request.user.id',
      },
      source: SOURCE,
      dropMalformed: {
        type: 'switch',
        label: 'Drop logs that are no JSON',
        initial: false,
      },
      store: STORE,
    },
  },
  logfmt: {
    label: 'Parse logfmt',
    about: 'Takes values out of key=value pairs.',
    members: {
      mapping: {
        type: 'entries',
        label: 'Values',
        hint: 'A value without a key is the pair of its own name. Without values, every pair is taken.',
        nameLabel: 'Name',
        valueLabel: 'Key',
        namePlaceholder: 'duration',
        valuePlaceholder: 'took',
      },
      source: SOURCE,
      store: STORE,
    },
  },
  regex: {
    label: 'Match an expression',
    about: 'Named groups of a regular expression become values.',
    members: {
      expression: {
        type: 'expression',
        label: 'Expression (RE2)',
        hint: 'Groups are named (?P<name>…). RE2 cannot look ahead or behind.',
        placeholder: String.raw`order=(?P<order>\d+) took (?P<ms>[\d.]+)ms`,
      },
      source: SOURCE,
      store: STORE,
    },
  },
  grok: {
    label: 'Match grok',
    about: 'The first pattern that matches gives its fields.',
    members: {
      patterns: {
        type: 'lines',
        label: 'Patterns',
        hint: 'All common names are there: %{IP:client} %{WORD:method} %{NUMBER:ms:float}.',
        lineLabel: 'Pattern',
        placeholder: '%{COMBINEDAPACHELOG}',
      },
      definitions: {
        type: 'entries',
        label: 'Patterns of your own',
        nameLabel: 'Name',
        valueLabel: 'Expression',
        namePlaceholder: 'ORDER',
        valuePlaceholder: String.raw`\d{8}`,
      },
      source: SOURCE,
      store: STORE,
    },
  },
  'event-message': {
    label: 'Parse a Windows event',
    about: 'Reads lines of “Name: value”, as Windows writes them into events.',
    members: {
      source: { type: 'text', label: 'Read from', hint: 'A value or an attribute.', initial: 'message' },
      dropInvalid: {
        type: 'switch',
        label: 'Leave out names that are no label’s',
        hint: 'Otherwise a name is made of them.',
        initial: false,
      },
      overwrite: {
        type: 'switch',
        label: 'Replace values that are there',
        hint: 'Otherwise the new one is called …_extracted.',
        initial: false,
      },
      store: STORE,
    },
  },
};
