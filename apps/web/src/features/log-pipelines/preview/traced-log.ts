import type { PipelineLog, PipelineMetric, PipelineTrace } from '@aegisguard/model';
import type { PipelineFields } from '../fields/pipeline-fields.ts';
import type { TriableDocument } from '../fields/triable-document.ts';
import { type LogChange, logChanges, newValues } from './log-changes.ts';

/** What a step did to a log. */
export interface TracedStep {
  /** Its place in the form, from 0; undefined for the selector of the rule. */
  readonly at: number | undefined;
  readonly kind: string;
  readonly values: readonly (readonly [string, string])[];
  readonly changes: readonly LogChange[];
  readonly isDropped: boolean;
  readonly error: string | undefined;
}

/** What a rule did to a log. */
export interface TracedRule {
  readonly at: number;
  readonly name: string;
  readonly isFound: boolean;
  readonly steps: readonly TracedStep[];
}

/** What became of a log. */
export type Outcome =
  | { readonly kind: 'dropped'; readonly rule: TracedRule; readonly step: TracedStep }
  | { readonly kind: 'failed'; readonly rule: TracedRule; readonly step: TracedStep }
  | { readonly kind: 'changed' | 'same' | 'not-found' };

/** The way of a log through the rules, as the page tells it. */
export interface TracedLog {
  /** Its place among those that are tried, from 1. */
  readonly number: number;
  readonly before: PipelineLog;
  readonly after: PipelineLog | null;
  readonly outcome: Outcome;
  readonly changes: readonly LogChange[];
  readonly rules: readonly TracedRule[];
  readonly metrics: readonly PipelineMetric[];
  readonly retentionDays: number | null;
  /** Ms that the rules took. */
  readonly tookMs: number;
}

/** `/rules/1/steps/0`: 1 and 0; a selector has no step. */
function placesOf(path: string): readonly [number, number | undefined] {
  const [, , rule = '0', part, step = '0'] = path.split('/');
  return [Number(rule), part === 'steps' ? Number(step) : undefined];
}

type RuleTrace = PipelineTrace['rules'][number];

function traceRule(trace: RuleTrace, log: PipelineLog, fields: PipelineFields, tried: TriableDocument): TracedRule {
  let previous = log;
  let values: RuleTrace['steps'][number]['values'] = {};
  const steps = trace.steps.map((step): TracedStep => {
    const [rule, at] = placesOf(step.path);
    const found = newValues(values, step.values);
    const changes = step.log === null ? [] : logChanges(previous, step.log);
    previous = step.log ?? previous;
    values = step.values;
    return {
      at: at === undefined ? undefined : tried.rules[rule]?.steps[at],
      kind: step.kind,
      values: found,
      // What was found and stored is said once.
      changes:
        step.error === null
          ? changes.filter(({ name, after }) => !found.some(([each, text]) => each === name && text === after))
          : [],
      isDropped: step.isDropped,
      error: step.error ?? undefined,
    };
  });
  // It was sent with its place for a name.
  const at = Number(trace.name);
  return { at, name: fields.rules[at]?.name.trim() || `Rule ${at + 1}`, isFound: trace.isFound, steps };
}

function outcomeOf(rules: readonly TracedRule[], isChanged: boolean): Outcome {
  for (const [kind, is] of [
    ['dropped', ({ isDropped }: TracedStep) => isDropped],
    ['failed', ({ error }: TracedStep) => error !== undefined],
  ] as const) {
    for (const rule of rules) {
      const step = rule.steps.find(is);
      if (step !== undefined) {
        return { kind, rule, step };
      }
    }
  }
  return { kind: isChanged ? 'changed' : rules.some(({ isFound }) => isFound) ? 'same' : 'not-found' };
}

/** Tells the way of a log through rules that were tried as `fields` had them. */
export function tracedLog(
  number: number,
  trace: PipelineTrace,
  fields: PipelineFields,
  tried: TriableDocument,
): TracedLog {
  const { before, after, metrics, retentionDays, tookMs } = trace;
  let log = before;
  const rules = trace.rules.map((rule) => {
    const traced = traceRule(rule, log, fields, tried);
    log = rule.steps.findLast((step) => step.log !== null)?.log ?? log;
    return traced;
  });
  const changes = after === null ? [] : logChanges(before, after);
  return {
    number,
    before,
    after,
    outcome: outcomeOf(rules, changes.length > 0),
    changes,
    rules,
    metrics,
    retentionDays,
    tookMs,
  };
}
