import type { ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import { type ChoiceGroup, groupState, withChoice, withGroup } from './choice-groups.ts';

/** Some of many, in groups that can be chosen whole: permissions, scopes. */
export function CheckboxGroups<Value extends string>({
  label,
  groups,
  value,
  disabled = false,
  onChange,
}: {
  readonly label: string;
  readonly groups: readonly ChoiceGroup<Value>[];
  readonly value: readonly Value[];
  readonly disabled?: boolean;
  readonly onChange: (value: readonly Value[]) => void;
}): ReactNode {
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="mb-1 font-medium text-xs">{label}</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {groups.map((group) => {
          const state = groupState(group, value);
          return (
            <fieldset key={group.label} className="grid gap-x-4 gap-y-1.5 p-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
              <legend className="sr-only">{group.label}</legend>
              <Checkbox
                className="font-medium"
                label={group.label}
                checked={state === 'all'}
                isMixed={state === 'some'}
                disabled={state === 'none' && group.choices.every(({ disabledReason }) => disabledReason !== undefined)}
                onChange={() => onChange(withGroup(groups, group, value))}
              />
              <div className="flex flex-wrap gap-x-5 gap-y-1.5 max-sm:pl-6">
                {group.choices.map((choice) => (
                  <Checkbox
                    key={choice.value}
                    label={choice.label}
                    hint={choice.disabledReason ?? choice.hint}
                    disabled={choice.disabledReason !== undefined && !value.includes(choice.value)}
                    checked={value.includes(choice.value)}
                    onChange={() => onChange(withChoice(groups, choice.value, value))}
                  />
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
    </fieldset>
  );
}
