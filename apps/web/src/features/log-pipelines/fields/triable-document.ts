import { type LogPipelines, LogRuleStep, LogSelector, RetentionRule } from '@aegisguard/model';
import { formPath } from './document-place.ts';
import { documentOf, type PipelineFields } from './pipeline-fields.ts';

/** What can be tried of a form while somebody is still writing in it. */
export interface TriableDocument {
  readonly document: LogPipelines;
  /** Of each rule in it, where it stands in the form, and where its steps do. */
  readonly rules: readonly { readonly at: number; readonly steps: readonly number[] }[];
  readonly retention: readonly number[];
}

/** Leaves out what is not whole yet. Rules are named by their places, since theirs may not be names yet. */
export function triableDocument(fields: PipelineFields): TriableDocument {
  const { rules, retention } = documentOf(fields);
  const triable = rules.flatMap((rule, at) => {
    const steps = rule.steps.flatMap((step, index) => {
      const { data } = LogRuleStep.safeParse(step);
      return data === undefined ? [] : [{ step: data, index }];
    });
    return LogSelector.safeParse(rule.selector).success && steps.length > 0 ? [{ rule, at, steps }] : [];
  });
  const kept = retention.flatMap((rule, at) => {
    const { data } = RetentionRule.safeParse(rule);
    return data === undefined ? [] : [{ rule: data, at }];
  });
  return {
    document: {
      rules: triable.map(({ rule: { enabled, selector }, at, steps }) => ({
        name: String(at),
        enabled,
        selector,
        steps: steps.map(({ step }) => step),
      })),
      retention: kept.map(({ rule }) => rule),
    },
    rules: triable.map(({ at, steps }) => ({ at, steps: steps.map(({ index }) => index) })),
    retention: kept.map(({ at }) => at),
  };
}

/** Where in the form something stands that has a path in what was tried. */
export function triedFormPath(fields: PipelineFields, { rules, retention }: TriableDocument, path: string): string {
  const [list = '', index = '', part = '', step = '', ...rest] = path.split('.');
  if (list === 'retention') {
    return [list, retention[Number(index)], part].filter((each) => each !== undefined && each !== '').join('.');
  }
  const rule = index === '' ? undefined : rules[Number(index)];
  if (list !== 'rules' || rule === undefined) {
    return path;
  }
  const at = part === 'steps' ? rule.steps[Number(step)] : undefined;
  const parts = at === undefined ? [list, rule.at, part] : [list, rule.at, part, at, ...rest];
  return formPath(fields, parts.filter((each) => each !== '').join('.'));
}
