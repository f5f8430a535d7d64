import type { DashboardAnnotation } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { ColorSelect } from '../editor/color-select.tsx';
import { EditList } from './edit-list.tsx';

function fieldsOf(
  { name, language, query, color, isEnabled }: DashboardAnnotation,
  onEdit: (part: Partial<DashboardAnnotation>) => void,
): ReactNode {
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={name}
              onChange={(event) => onEdit({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Language">
          {(control) => (
            <Select
              {...control}
              value={language}
              onChange={(event) => onEdit({ language: event.target.value === 'logql' ? 'logql' : 'promql' })}
            >
              <option value="promql">Metrics (PromQL)</option>
              <option value="logql">Logs (LogQL)</option>
            </Select>
          )}
        </Field>
        <Field label="Colour">
          {(control) => <ColorSelect {...control} value={color} onChange={(chosen) => onEdit({ color: chosen })} />}
        </Field>
      </div>
      <Field
        label="Query"
        hint={
          language === 'promql'
            ? 'Marks where a series becomes other than 0: changes(process_start_time_seconds[$__interval]) > 0'
            : 'Marks every log: {service="deploy"}'
        }
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            className="font-mono text-xs"
            value={query}
            onChange={(event) => onEdit({ query: event.target.value })}
          />
        )}
      </Field>
      <Checkbox label="Shown" checked={isEnabled} onChange={(event) => onEdit({ isEnabled: event.target.checked })} />
    </>
  );
}

/** What a dashboard marks in its charts. */
export function AnnotationsTab({
  annotations,
  onChange,
}: {
  readonly annotations: readonly DashboardAnnotation[];
  readonly onChange: (annotations: readonly DashboardAnnotation[]) => void;
}): ReactNode {
  return (
    <EditList
      items={annotations}
      what="annotation"
      nameOf={({ name }) => name}
      blank={(): DashboardAnnotation => ({
        name: 'Deployments',
        language: 'logql',
        query: '',
        color: '',
        isEnabled: true,
      })}
      fields={fieldsOf}
      hint="An annotation marks moments in all charts, such as deployments."
      onChange={onChange}
    />
  );
}
