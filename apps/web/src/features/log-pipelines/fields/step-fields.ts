import type { LogRuleStep } from '@aegisguard/model';
import type { MemberForm } from './member-form.ts';
import type { StepKind } from './step-form.ts';
import { stepMembers } from './step-forms.ts';

/** A line of a map. */
export interface Entry {
  readonly name: string;
  readonly value: string;
}

/** A line of a list; an object, since lists of a form hold nothing else. */
interface Line {
  readonly text: string;
}

/** A text, and whether it counts. */
interface OptionalText {
  readonly isSet: boolean;
  readonly text: string;
}

/** What a form holds of a member. */
type MemberValue =
  | string
  | boolean
  | OptionalText
  | readonly string[]
  | readonly Line[]
  | readonly Entry[]
  | readonly StepFields[];

/** A step as its form holds it. */
export interface StepFields {
  readonly kind: StepKind;
  readonly members: Readonly<Record<string, MemberValue>>;
}

/** A step that is begun. */
export function newStep(kind: StepKind): StepFields {
  return { kind, members: Object.fromEntries(stepMembers(kind).map(([name, form]) => [name, emptyOf(form)])) };
}

function emptyOf(form: MemberForm): MemberValue {
  switch (form.type) {
    case 'switch':
    case 'choice':
      return form.initial;
    case 'text':
    case 'expression':
    case 'number':
      return form.initial ?? '';
    case 'selector':
      return '';
    case 'optional-text':
      return { isSet: false, text: '' };
    case 'lines':
      return [{ text: '' }];
    case 'entries':
    case 'names':
    case 'numbers':
    case 'steps':
      return [];
  }
}

/** A step of the document, in its form. */
export function fieldsOfStep(step: LogRuleStep): StepFields {
  const stored = step as Readonly<Record<string, unknown>>;
  return {
    kind: step.kind,
    members: Object.fromEntries(stepMembers(step.kind).map(([name, form]) => [name, readMember(form, stored[name])])),
  };
}

function readMember(form: MemberForm, stored: unknown): MemberValue {
  if (stored === undefined) {
    const empty = emptyOf(form);
    return 'isOptional' in form && typeof empty === 'string' ? '' : empty;
  }
  switch (form.type) {
    case 'number':
      return String(stored);
    case 'optional-text':
      return { isSet: true, text: stored as string };
    case 'lines':
      return (stored as readonly string[]).map((text) => ({ text }));
    case 'entries':
      return Object.entries(stored as Readonly<Record<string, string>>).map(([name, value]) => ({ name, value }));
    case 'names':
    case 'numbers':
      return (stored as readonly (string | number)[]).map(String);
    case 'steps':
      return (stored as readonly LogRuleStep[]).map(fieldsOfStep);
    default:
      return stored as string | boolean;
  }
}

/** What the form says, as a member of the document; whether it is right is the model's business. */
export function stepOfFields({ kind, members }: StepFields): Readonly<Record<string, unknown>> {
  const written = stepMembers(kind).map(([name, form]) => [name, writeMember(form, members[name] ?? emptyOf(form))]);
  return Object.fromEntries([['kind', kind], ...written.filter(([, value]) => value !== undefined)]);
}

function writeMember(form: MemberForm, value: MemberValue): unknown {
  switch (form.type) {
    case 'text':
    case 'expression':
    case 'choice':
      return value === '' && form.isOptional === true ? undefined : value;
    case 'optional-text':
      return (value as OptionalText).isSet ? (value as OptionalText).text : undefined;
    case 'numbers':
      return (value as readonly string[]).length === 0 && form.isOptional === true
        ? undefined
        : (value as readonly string[]).map(numberOf);
    case 'number':
      return value === '' && form.isOptional === true ? undefined : numberOf(value as string);
    case 'lines':
      return (value as readonly Line[]).map(({ text }) => text);
    case 'entries':
      return Object.fromEntries((value as readonly Entry[]).map(({ name, value: of }) => [name, of]));
    case 'steps':
      return (value as readonly StepFields[]).map(stepOfFields);
    default:
      return value;
  }
}

/** A number, or what is none, which the model then refuses. */
function numberOf(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? text : number;
}

/** What a step does, in one line: what its members say, but for what they say by themselves. */
export function stepSummary({ kind, members }: StepFields): string {
  return stepMembers(kind)
    .map(([name, form]) => memberSummary(form, members[name] ?? ''))
    .filter((words) => words !== '')
    .join(' · ');
}

function memberSummary(form: MemberForm, value: MemberValue): string {
  switch (form.type) {
    case 'entries':
      return (value as readonly Entry[])
        .map((entry) => (entry.value === '' ? entry.name : `${entry.name} ← ${entry.value}`))
        .join(', ');
    case 'lines':
      return (value as readonly Line[]).map(({ text }) => text).join(' · ');
    case 'names':
    case 'numbers':
      return (value as readonly string[]).join(', ');
    case 'optional-text': {
      const { isSet, text } = value as OptionalText;
      return labelled(form.label, true, isSet ? text || '""' : '');
    }
    case 'text':
    case 'number':
      return labelled(
        form.label,
        form.isOptional === true || form.type === 'number',
        value === form.initial ? '' : String(value),
      );
    case 'expression':
    case 'selector':
      return String(value);
    default:
      return '';
  }
}

function labelled(label: string, isLabelled: boolean, text: string): string {
  return text === '' || !isLabelled ? text : `${label}: ${text}`;
}
