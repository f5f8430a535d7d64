import type { ReactNode } from 'react';
import { isStepKind, stepForm } from '../fields/step-forms.ts';
import { ChangeList } from './change-list.tsx';
import type { TracedRule, TracedStep } from './traced-log.ts';

/** `2 Match an expression`; what a selector does is said in words. */
function stepName({ at, kind }: TracedStep): string {
  const label = isStepKind(kind) ? stepForm(kind).label : 'Selector';
  return at === undefined ? label : `${at + 1} ${label}`;
}

function StepTrace({ step }: { readonly step: TracedStep }): ReactNode {
  const { values, changes, isDropped, error } = step;
  const isNothing = values.length === 0 && changes.length === 0 && !isDropped && error === undefined;
  return (
    <li className="flex flex-col gap-1">
      <p className="text-xs">
        <span className="font-medium">{stepName(step)}</span>
        {isNothing ? <span className="text-subtle"> found nothing to do</span> : null}
        {isDropped ? <span className="text-danger"> dropped the log</span> : null}
        {error === undefined ? null : <span className="text-danger"> failed: {error}</span>}
      </p>
      {values.length === 0 ? null : (
        <p className="break-words font-mono text-muted text-xs leading-5 [overflow-wrap:anywhere]">
          {values.map(([name, text], index) => (
            <span key={name}>
              {index === 0 ? '' : '  '}
              <span className="text-syntax-label">{name}</span>=<span className="text-syntax-string">{text}</span>
            </span>
          ))}
        </p>
      )}
      {changes.length === 0 ? null : <ChangeList label={`Changes of step ${stepName(step)}`} changes={changes} />}
    </li>
  );
}

/** What every rule did to a log, step by step. */
export function RuleTraces({ rules }: { readonly rules: readonly TracedRule[] }): ReactNode {
  return (
    <ol className="flex flex-col gap-3">
      {rules.map((rule) => (
        <li key={rule.at} className="flex flex-col gap-1.5">
          <p className="text-xs">
            <span className="font-semibold">{rule.name}</span>
            {rule.isFound ? null : <span className="text-subtle"> is not for this log</span>}
          </p>
          {rule.steps.length === 0 ? null : (
            <ol className="flex flex-col gap-2 border-line border-l-2 pl-3">
              {rule.steps.map((step) => (
                <StepTrace key={`${step.at} ${step.kind}`} step={step} />
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  );
}
