import type { LogPipelines, LogRule } from '@aegisguard/model';
import { fieldsOfStep, type StepFields, stepOfFields } from './step-fields.ts';

/** A rule as the form holds it. */
export interface RuleFields {
  readonly name: string;
  readonly enabled: boolean;
  readonly selector: string;
  readonly steps: readonly StepFields[];
}

/** A rule of retention as the form holds it. */
interface RetentionFields {
  readonly selector: string;
  readonly days: string;
}

/** The whole document as the form holds it. */
export interface PipelineFields {
  readonly rules: readonly RuleFields[];
  readonly retention: readonly RetentionFields[];
}

/** A document in the form. */
export function fieldsOf({ rules, retention }: LogPipelines): PipelineFields {
  return {
    rules: rules.map(fieldsOfRule),
    retention: retention.map(({ selector, days }) => ({ selector, days: String(days) })),
  };
}

/** A rule in the form. */
export function fieldsOfRule({ name, enabled, selector, steps }: LogRule): RuleFields {
  return { name, enabled, selector, steps: steps.map(fieldsOfStep) };
}

/** What the form says, as a document; whether it is right is the model's business. */
export function documentOf({ rules, retention }: PipelineFields) {
  return {
    rules: rules.map(({ name, enabled, selector, steps }) => ({
      name: name.trim(),
      enabled,
      selector,
      steps: steps.map(stepOfFields),
    })),
    retention: retention.map(({ selector, days }) => ({
      selector,
      days: days.trim() === '' ? undefined : Number(days),
    })),
  };
}

/** Documents that say the same have the same text: what is left out is written out by the form, and members are in its order. */
export function documentText(fields: PipelineFields): string {
  return JSON.stringify(documentOf(fields));
}

/** A rule that is begun. */
export function newRule(names: readonly string[]): RuleFields {
  return { name: unusedName('New rule', names), enabled: true, selector: '{}', steps: [] };
}

/** A name that no other rule has: `orders`, `orders 2`. */
export function unusedName(wanted: string, names: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted} ${count}`;
    if (!names.includes(name)) {
      return name;
    }
  }
}

/** What differs between two documents, in the words of the page. */
export function changedParts(before: LogPipelines, after: LogPipelines): readonly string[] {
  const old = new Map(before.rules.map((rule) => [rule.name, JSON.stringify(rule)]));
  const now = new Map(after.rules.map((rule) => [rule.name, JSON.stringify(rule)]));
  const both = [...old.keys()].filter((name) => now.has(name));
  const isMoved = [...now.keys()].filter((name) => old.has(name)).join('\n') !== both.join('\n');
  return [
    ...[...now.keys()].filter((name) => !old.has(name)).map((name) => `“${name}” is new`),
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `“${name}” is gone`),
    ...both.filter((name) => old.get(name) !== now.get(name)).map((name) => `“${name}” is changed`),
    ...(isMoved ? ['the order of the rules'] : []),
    ...(JSON.stringify(before.retention) === JSON.stringify(after.retention) ? [] : ['retention']),
  ];
}
