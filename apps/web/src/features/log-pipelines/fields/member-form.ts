import type { LogRuleStep } from '@aegisguard/model';

interface Described {
  readonly label: string;
  readonly hint?: string;
}

/** A text: of one line, or an expression, which may be long. */
export interface TextMember extends Described {
  readonly type: 'text' | 'expression';
  readonly placeholder?: string;
  /** Left empty it is absent. */
  readonly isOptional?: boolean;
  readonly initial?: string;
}

/** A text of which it is told apart whether it is empty or absent. */
export interface OptionalTextMember extends Described {
  readonly type: 'optional-text';
  /** What it means that it is there and empty. */
  readonly emptyWords: string;
  readonly isOptional: true;
}

/** A number, held as it is typed. */
export interface NumberMember extends Described {
  readonly type: 'number';
  readonly placeholder?: string;
  readonly isOptional?: boolean;
  readonly initial?: string;
}

/** Yes or no. */
export interface SwitchMember extends Described {
  readonly type: 'switch';
  readonly initial: boolean;
}

/** One of a few words, with what they mean. */
export interface ChoiceMember<Value extends string = string> extends Described {
  readonly type: 'choice';
  readonly choices: Readonly<Record<Value, string>>;
  readonly initial: NoInfer<Value> | '';
  /** What it means that none is chosen; it is absent then. */
  readonly noneWords?: string;
  readonly isOptional?: boolean;
}

/** A map: names and what belongs to them. */
export interface EntriesMember extends Described {
  readonly type: 'entries';
  readonly nameLabel: string;
  readonly valueLabel: string;
  readonly namePlaceholder?: string;
  readonly valuePlaceholder?: string;
}

/** Short names, of which each can be taken away. */
export interface NamesMember extends Described {
  readonly type: 'names';
  readonly placeholder?: string;
}

/** Numbers of which each can be taken away, held as they are typed. */
export interface NumbersMember extends Described {
  readonly type: 'numbers';
  readonly placeholder?: string;
  /** Without any it is absent. */
  readonly isOptional?: boolean;
}

/** Expressions of which each has a line of its own, in an order that matters. */
export interface LinesMember extends Described {
  readonly type: 'lines';
  readonly lineLabel: string;
  readonly placeholder?: string;
}

/** LogQL of labels and line filters. */
interface SelectorMember extends Described {
  readonly type: 'selector';
}

/** Steps within a step. */
interface StepsMember extends Described {
  readonly type: 'steps';
}

/** How a member of a step is written in a form. */
export type MemberForm =
  | TextMember
  | OptionalTextMember
  | NumberMember
  | SwitchMember
  | ChoiceMember
  | EntriesMember
  | NamesMember
  | NumbersMember
  | LinesMember
  | SelectorMember
  | StepsMember;

/** The forms that fit a member of the model. */
type FormFor<Value> = [Value] extends [boolean]
  ? SwitchMember
  : [Value] extends [number]
    ? NumberMember
    : [Value] extends [readonly string[]]
      ? NamesMember | LinesMember
      : [Value] extends [readonly number[]]
        ? NumbersMember
        : [Value] extends [readonly LogRuleStep[]]
          ? StepsMember
          : [Value] extends [string]
            ? string extends Value
              ? TextMember | OptionalTextMember | SelectorMember
              : ChoiceMember<Value & string>
            : EntriesMember;

type Optionality<Value> = undefined extends Value ? { readonly isOptional: true } : { readonly isOptional?: never };

/** One form for each member of a step: the compiler asks for it when the model grows. */
export type MemberForms<Step extends LogRuleStep> = {
  readonly [Member in Exclude<keyof Step, 'kind'>]-?: FormFor<Exclude<Step[Member], undefined>> &
    Optionality<Step[Member]>;
};
