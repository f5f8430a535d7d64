import { CHANGING_STEPS } from './changing-steps.ts';
import { DECIDING_STEPS } from './deciding-steps.ts';
import type { MemberForm } from './member-form.ts';
import { METRIC_STEPS } from './metric-steps.ts';
import { NAMING_STEPS } from './naming-steps.ts';
import { READING_STEPS } from './reading-steps.ts';
import type { StepForm, StepFormsOf, StepKind } from './step-form.ts';

const STEP_FORMS: StepFormsOf<StepKind> = {
  ...READING_STEPS,
  ...CHANGING_STEPS,
  ...NAMING_STEPS,
  ...DECIDING_STEPS,
  ...METRIC_STEPS,
};

/** The kinds in the order in which they are offered, in groups. */
export const STEP_GROUPS: readonly { readonly label: string; readonly kinds: readonly StepKind[] }[] = [
  { label: 'Read', kinds: Object.keys(READING_STEPS) as StepKind[] },
  { label: 'Decide', kinds: Object.keys(DECIDING_STEPS) as StepKind[] },
  { label: 'Measure', kinds: Object.keys(METRIC_STEPS) as StepKind[] },
  { label: 'Labels and attributes', kinds: Object.keys(NAMING_STEPS) as StepKind[] },
  { label: 'Message, level and time', kinds: Object.keys(CHANGING_STEPS) as StepKind[] },
];

/** The form of a kind. */
export function stepForm(kind: StepKind): StepForm {
  return STEP_FORMS[kind];
}

/** The members of a kind with their names, in the order of its form. */
export function stepMembers(kind: StepKind): readonly (readonly [string, MemberForm])[] {
  return Object.entries(STEP_FORMS[kind].members);
}

/** Whether a text names a kind. */
export function isStepKind(text: string): text is StepKind {
  return Object.hasOwn(STEP_FORMS, text);
}
