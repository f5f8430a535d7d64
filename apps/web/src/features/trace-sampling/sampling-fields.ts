import { type SamplingRule, TraceSampling } from '@aegisguard/model';

/** A rule as the form has it: every member of every kind, as texts. */
export interface RuleFields {
  /** Of this form alone: rules have no names. */
  readonly id: number;
  readonly keep: SamplingRule['keep'];
  readonly thresholdMs: string;
  readonly perDay: string;
  readonly service: string;
  readonly percent: string;
}

/** The rules as the form has them. */
export interface SamplingFields {
  readonly enabled: boolean;
  readonly wholeForHours: string;
  readonly percent: string;
  readonly rules: readonly RuleFields[];
}

let lastId = 0;

/** A fresh rule of a kind. */
export function newRule(keep: RuleFields['keep']): RuleFields {
  lastId += 1;
  return { id: lastId, keep, thresholdMs: '1000', perDay: '10', service: '', percent: '100' };
}

function ruleFields(rule: SamplingRule): RuleFields {
  const fields = newRule(rule.keep);
  switch (rule.keep) {
    case 'errors':
      return fields;
    case 'slow':
      return { ...fields, thresholdMs: String(rule.thresholdMs), service: rule.service ?? '' };
    case 'rare':
      return { ...fields, perDay: String(rule.perDay) };
    default:
      return { ...fields, service: rule.service, percent: String(rule.percent) };
  }
}

/** The form of a document. */
export function fieldsOf({ enabled, wholeForHours, percent, rules }: TraceSampling): SamplingFields {
  return { enabled, wholeForHours: String(wholeForHours), percent: String(percent), rules: rules.map(ruleFields) };
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function ruleOf({ keep, thresholdMs, perDay, service, percent }: RuleFields): object {
  switch (keep) {
    case 'errors':
      return { keep };
    case 'slow':
      return { keep, thresholdMs: numberOf(thresholdMs), ...(service.trim() === '' ? {} : { service }) };
    case 'rare':
      return { keep, perDay: numberOf(perDay) };
    default:
      return { keep, service, percent: numberOf(percent) };
  }
}

/** Whether two forms say the same, right or wrong. */
export function isSameForm(one: SamplingFields, other: SamplingFields): boolean {
  return textOf(one) === textOf(other);
}

function textOf(fields: SamplingFields): string {
  return JSON.stringify(fields, (name, value: unknown) => (name === 'id' ? undefined : value));
}

/** What a form says, or what is wrong with it, by the names of its fields: `rules.1.percent`. */
export function readFields({ enabled, wholeForHours, percent, rules }: SamplingFields): {
  readonly sampling?: TraceSampling;
  readonly problems: ReadonlyMap<string, string>;
} {
  const parsed = TraceSampling.safeParse({
    enabled,
    wholeForHours: numberOf(wholeForHours),
    percent: numberOf(percent),
    rules: rules.map(ruleOf),
  });
  return parsed.success
    ? { sampling: parsed.data, problems: new Map() }
    : {
        problems: new Map(
          parsed.error.issues.map(({ path, code, message }) => [
            path.map(String).join('.'),
            code === 'invalid_type' ? 'Enter a number.' : message,
          ]),
        ),
      };
}

/** What a rule is called. */
export const RULE_WORDS: Readonly<Record<RuleFields['keep'], string>> = {
  errors: 'Keep traces with errors',
  slow: 'Keep slow traces',
  rare: 'Keep rare traces',
  share: 'Keep a share of a service',
};
