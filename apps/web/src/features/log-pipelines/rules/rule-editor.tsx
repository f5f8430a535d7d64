import type { ReactNode } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { useFormField } from '../form/form-context.ts';
import { SelectorField } from '../steps/selector-field.tsx';
import { StepList } from '../steps/step-list.tsx';

/** The form of a rule: its name, the logs that it is for, and its steps. */
export function RuleEditor({ path }: { readonly path: string }): ReactNode {
  const name = useFormField(`${path}.name`);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Field label="Name" className="max-w-sm" error={name.problem}>
        {(control) => <Input {...control} {...name.text()} autoComplete="off" />}
      </Field>
      <SelectorField
        path={`${path}.selector`}
        label="Logs that it is for"
        hint="LogQL of labels and line filters; {} is every log. Level, JSON and logfmt are read before rules."
      />
      <StepList path={`${path}.steps`} label="Steps, one after the other" />
    </div>
  );
}
