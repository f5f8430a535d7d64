import type { LogRuleStep, StepOf } from '@aegisguard/model';
import type { MemberForms } from './member-form.ts';

/** The kinds of steps. */
export type StepKind = LogRuleStep['kind'];

/** What a step does, in the words of the page, and how each of its members is written. */
export interface StepForm<Kind extends StepKind = StepKind> {
  readonly label: string;
  /** A sentence. */
  readonly about: string;
  /** In the order of the form. */
  readonly members: MemberForms<StepOf<Kind>>;
}

/** Forms of some kinds. */
export type StepFormsOf<Kind extends StepKind> = { readonly [Each in Kind]: StepForm<Each> };

/** Where the text to read is. */
export const SOURCE = {
  type: 'text',
  label: 'Read from',
  hint: 'A value, label or attribute; empty: the message.',
  placeholder: 'message',
  isOptional: true,
} as const;

/** A source that must be named. */
export const NAMED_SOURCE = {
  type: 'text',
  label: 'Value',
  hint: 'An extracted value, a label or an attribute.',
} as const;

/** Whether what is found becomes attributes. */
export const STORE = {
  type: 'switch',
  label: 'Store what is found as attributes',
  hint: 'Otherwise only later steps of the rule see it.',
  initial: true,
} as const;
