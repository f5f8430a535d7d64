import type { PipelineFields } from './pipeline-fields.ts';
import type { Entry, StepFields } from './step-fields.ts';
import { stepMembers } from './step-forms.ts';

/**
 * Where in the form something stands that has a path in the document: `rules.0.steps.1.expressions.user` is `rules.0.steps.1.members.expressions.2`. What has no place of its own is said of what
 * it is in.
 */
export function formPath({ rules }: PipelineFields, path: string): string {
  const [list = '', at = '', member, ...rest] = path.split('.');
  const rule = list === 'rules' ? rules[Number(at)] : undefined;
  return rule === undefined || member !== 'steps'
    ? path
    : ['rules', at, stepsPath('steps', rule.steps, rest)].join('.');
}

function stepsPath(name: string, steps: readonly StepFields[], [at, ...rest]: readonly string[]): string {
  const step = at === undefined ? undefined : steps[Number(at)];
  if (step === undefined) {
    return name;
  }
  const inner = memberPath(step, rest);
  return [name, at, ...(inner === undefined ? [] : ['members', inner])].join('.');
}

/** Inside the members of a step; undefined for the step as a whole. */
function memberPath({ kind, members }: StepFields, [name, ...rest]: readonly string[]): string | undefined {
  const form = stepMembers(kind).find(([each]) => each === name)?.[1];
  if (name === undefined || form === undefined) {
    return undefined;
  }
  if (form.type === 'steps') {
    return stepsPath(name, members[name] as readonly StepFields[], rest);
  }
  if (form.type === 'entries') {
    const at = (members[name] as readonly Entry[]).findIndex((entry) => entry.name === rest.join('.'));
    return rest.length === 0 || at === -1 ? name : `${name}.${at}`;
  }
  return form.type === 'lines' && rest.length > 0 ? `${name}.${rest.join('.')}` : name;
}

/** A place of the form in words: `orders, step 2 (regex)`. */
export function placeWords({ rules }: PipelineFields, path: string): string {
  const [list, at = '', part, step = ''] = path.split('.');
  if (list === 'retention') {
    return at === '' ? 'Retention' : `Retention ${Number(at) + 1}`;
  }
  const rule = list === 'rules' && at !== '' ? rules[Number(at)] : undefined;
  if (rule === undefined) {
    return list === 'rules' ? 'Rules' : '';
  }
  const kind = part === 'steps' ? rule.steps[Number(step)]?.kind : undefined;
  const name = rule.name.trim() === '' ? `Rule ${Number(at) + 1}` : `“${rule.name}”`;
  return step === '' || kind === undefined ? name : `${name}, step ${Number(step) + 1} (${kind})`;
}
