import { DashboardVariable } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import { EditList } from './edit-list.tsx';
import { VariableFields } from './variable-fields.tsx';

/** The dashboard's variables. */
export function VariablesTab({
  variables,
  look,
  onChange,
}: {
  readonly variables: readonly DashboardVariable[];
  readonly look: DashboardLook;
  readonly onChange: (variables: readonly DashboardVariable[]) => void;
}): ReactNode {
  return (
    <EditList
      items={variables}
      what="variable"
      nameOf={({ name }) => `$${name}`}
      blank={() =>
        DashboardVariable.parse({
          name: `variable${variables.length + 1}`,
          type: 'query',
          query: 'label_values(up, service)',
        })
      }
      fields={(variable, change) => (
        <VariableFields variable={variable} others={variables} look={look} onEdit={change} />
      )}
      hint={'A variable is what one chooses above the panels: queries name it, as in service=~"$service".'}
      onChange={onChange}
    />
  );
}
