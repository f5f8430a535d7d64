import { Plus } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '../../../ui/dropdown-menu.tsx';
import type { StepKind } from '../fields/step-form.ts';
import { STEP_GROUPS, stepForm } from '../fields/step-forms.ts';

/** The kinds of steps to choose from. */
export function AddStepMenu({
  without,
  onAdd,
}: {
  /** Kinds that cannot stand here. */
  readonly without: readonly StepKind[];
  readonly onAdd: (kind: StepKind) => void;
}): ReactNode {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button size="sm" className="self-start">
          <Plus aria-hidden />
          Add a step
        </Button>
      </MenuTrigger>
      <MenuContent align="start" className="w-80 max-w-[calc(100vw-16px)]">
        {STEP_GROUPS.map(({ label, kinds }, index) => (
          <Fragment key={label}>
            {index === 0 ? null : <MenuSeparator />}
            <MenuLabel>{label}</MenuLabel>
            {kinds
              .filter((kind) => !without.includes(kind))
              .map((kind) => (
                <MenuItem key={kind} title={stepForm(kind).about} onSelect={() => onAdd(kind)}>
                  <span className="min-w-0 flex-1">{stepForm(kind).label}</span>
                  <span className="font-mono text-subtle text-xs">{kind}</span>
                </MenuItem>
              ))}
          </Fragment>
        ))}
      </MenuContent>
    </Menu>
  );
}
