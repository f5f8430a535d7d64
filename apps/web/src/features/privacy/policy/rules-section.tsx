import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { STRATEGY_CHOICE } from '../strategies.ts';
import { RULE_STRATEGIES } from './policy-fields.ts';
import { PolicySection } from './policy-section.tsx';
import type { PolicyForm } from './use-policy-form.ts';

function RuleFields({
  index,
  policy: { form },
  isReadOnly,
  onRemove,
}: {
  readonly index: number;
  readonly policy: PolicyForm;
  readonly isReadOnly: boolean;
  readonly onRemove: () => void;
}): ReactNode {
  const errors = form.formState.errors.customRules?.[index];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_7.5rem_2rem] items-start gap-x-2 gap-y-2 rounded-lg border border-line p-3 lg:grid-cols-[minmax(0,11rem)_minmax(0,1fr)_7.5rem_2rem]">
      <Field label="Name" error={errors?.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register(`customRules.${index}.name`)}
            placeholder="customer-id"
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="Pattern" className="max-lg:order-last max-lg:col-span-3" error={errors?.pattern?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register(`customRules.${index}.pattern`)}
            placeholder={String.raw`\bCUST-(\d{8})\b`}
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="What becomes of it">
        {(control) => (
          <Select {...control} {...form.register(`customRules.${index}.strategy`)}>
            {RULE_STRATEGIES.map((strategy) => (
              <option key={strategy} value={strategy}>
                {STRATEGY_CHOICE[strategy]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <IconButton label={`Remove rule ${index + 1}`} className="mt-5" disabled={isReadOnly} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
}

/** What is looked for beside the kinds that are known. */
export function RulesSection({
  policy,
  isReadOnly,
}: {
  readonly policy: PolicyForm;
  readonly isReadOnly: boolean;
}): ReactNode {
  const { fields, append, remove } = useFieldArray({ control: policy.form.control, name: 'customRules' });
  return (
    <PolicySection
      title="Rules of your own"
      about="Regular expressions as RE2 knows them: no looking ahead or back. What the first group matches goes, or the whole match where there is no group."
    >
      {fields.length === 0 ? <p className="text-muted text-sm">None.</p> : null}
      <ul className="flex flex-col gap-2">
        {fields.map(({ id }, index) => (
          <RuleFields key={id} index={index} policy={policy} isReadOnly={isReadOnly} onRemove={() => remove(index)} />
        ))}
      </ul>
      {isReadOnly ? null : (
        <Button className="self-start" onClick={() => append({ name: '', pattern: '', strategy: 'redact' })}>
          <Plus aria-hidden />
          Add a rule
        </Button>
      )}
    </PolicySection>
  );
}
