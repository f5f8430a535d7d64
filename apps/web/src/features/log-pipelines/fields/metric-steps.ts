import { SOURCE, type StepFormsOf } from './step-form.ts';

/** Steps that make metrics of logs. */
export const METRIC_STEPS: StepFormsOf<'metric'> = {
  metric: {
    label: 'Make a metric',
    about: 'Counts the logs that reach this step, or adds up, sets or observes a value of them.',
    members: {
      name: { type: 'text', label: 'Metric', placeholder: 'http_requests_total' },
      type: {
        type: 'choice',
        label: 'Type',
        choices: {
          counter: 'Counter: counts, or adds up',
          gauge: 'Gauge: goes up and down',
          histogram: 'Histogram: observes',
        },
        initial: 'counter',
      },
      action: {
        type: 'choice',
        label: 'What a log does',
        choices: {
          inc: 'Adds 1',
          dec: 'Takes 1 away',
          add: 'Adds the value',
          sub: 'Takes the value away',
          set: 'Sets it to the value',
        },
        initial: '',
        noneWords: 'What is usual for the type',
        isOptional: true,
      },
      source: {
        ...SOURCE,
        label: 'Value',
        hint: 'What is added, set or observed; to count, what a log must have. Empty: every log counts.',
        placeholder: 'bytes',
      },
      value: {
        type: 'text',
        label: 'Only if the value is',
        placeholder: '200',
        isOptional: true,
      },
      bytes: { type: 'switch', label: 'The value is the length of the message in bytes', initial: false },
      labels: {
        type: 'entries',
        label: 'Labels',
        hint: 'Each combination is a series: take what has few values. Without a value, it is the one of the same name.',
        nameLabel: 'Label',
        valueLabel: 'Value',
        namePlaceholder: 'status',
        valuePlaceholder: 'response',
      },
      streamLabels: { type: 'switch', label: 'The labels of the log’s stream, too', initial: false },
      buckets: {
        type: 'numbers',
        label: 'Bounds of a histogram',
        hint: 'Ascending.',
        placeholder: '0.1, 0.5, 1, 5',
        isOptional: true,
      },
      unit: { type: 'text', label: 'Unit', placeholder: 'seconds', initial: '' },
      description: { type: 'text', label: 'Description', placeholder: 'What it counts', initial: '' },
    },
  },
};
