import type { StepFormsOf } from './step-form.ts';

/** Steps that change labels and attributes. */
export const NAMING_STEPS: StepFormsOf<
  'attributes' | 'labels' | 'static-labels' | 'rename' | 'drop-attributes' | 'drop-labels' | 'keep-labels'
> = {
  attributes: {
    label: 'Set attributes',
    about: 'Attributes get extracted values; a label that is named moves.',
    members: {
      attributes: {
        type: 'entries',
        label: 'Attributes',
        hint: 'Without a value, it is the one of the same name.',
        nameLabel: 'Attribute',
        valueLabel: 'Value',
        namePlaceholder: 'customer',
        valuePlaceholder: 'customer_id',
      },
    },
  },
  labels: {
    label: 'Set labels',
    about: 'Labels get extracted values.',
    members: {
      labels: {
        type: 'entries',
        label: 'Labels',
        hint: 'Without a value, it is the one of the same name.',
        nameLabel: 'Label',
        valueLabel: 'Value',
        namePlaceholder: 'status',
        valuePlaceholder: 'response',
      },
    },
  },
  'static-labels': {
    label: 'Set fixed labels',
    about: 'Labels get texts that are always the same.',
    members: {
      labels: {
        type: 'entries',
        label: 'Labels',
        nameLabel: 'Label',
        valueLabel: 'Text',
        namePlaceholder: 'team',
        valuePlaceholder: 'checkout',
      },
    },
  },
  rename: {
    label: 'Rename',
    about: 'Gives values, labels and attributes other names.',
    members: {
      names: {
        type: 'entries',
        label: 'Names',
        nameLabel: 'New name',
        valueLabel: 'Old name',
        namePlaceholder: 'user_id',
        valuePlaceholder: 'uid',
      },
    },
  },
  'drop-attributes': {
    label: 'Drop attributes',
    about: 'Takes attributes away.',
    members: {
      names: {
        type: 'names',
        label: 'Attributes',
        hint: 'Paths have dots: http.headers.',
        placeholder: 'http.headers',
      },
    },
  },
  'drop-labels': {
    label: 'Drop labels',
    about: 'Takes labels away.',
    members: { names: { type: 'names', label: 'Labels', placeholder: 'pod_template_hash' } },
  },
  'keep-labels': {
    label: 'Keep only labels',
    about: 'Takes all labels away but these.',
    members: { names: { type: 'names', label: 'Labels', placeholder: 'app' } },
  },
};
