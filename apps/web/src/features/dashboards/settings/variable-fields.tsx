import type { DashboardVariable } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import { findVariables } from '../variables/find-variables.ts';
import { ALL } from '../variables/variable-scope.ts';

const NOTHING: ReadonlyMap<string, readonly string[]> = new Map();

const TYPE_WORDS: Readonly<Record<DashboardVariable['type'], string>> = {
  query: 'Values of a label or query',
  custom: 'A list of values',
  interval: 'Durations',
  text: 'A text to type',
  constant: 'A fixed value',
};

const SORT_WORDS: Readonly<Record<DashboardVariable['sort'], string>> = {
  none: 'As they come',
  text: 'A to Z',
  'text-desc': 'Z to A',
  number: 'Numbers up',
  'number-desc': 'Numbers down',
};

interface FieldsProps {
  readonly variable: DashboardVariable;
  /** All of the dashboard, for those that depend on one another. */
  readonly others: readonly DashboardVariable[];
  readonly look: DashboardLook;
  readonly onEdit: (part: Partial<DashboardVariable>) => void;
}

/** What the values would be, as the fields stand. */
function Preview({ variable, others, look }: Omit<FieldsProps, 'onEdit'>): ReactNode {
  const { orgId, range } = look;
  const { data } = useQuery({
    queryKey: ['variables', orgId, 'preview', range, JSON.stringify(others), variable.name],
    queryFn: ({ signal }) => findVariables({ orgId, variables: others, wanted: NOTHING, range }, signal),
    gcTime: 30_000,
  });
  const found = data?.find((each) => each.variable.name === variable.name);
  if (found?.problem !== undefined) {
    return <p className="text-danger text-xs">{found.problem}</p>;
  }
  return (
    <p className="line-clamp-3 break-words text-muted text-xs">
      {found === undefined
        ? 'Looking for values…'
        : `${found.offered.length} values${found.offered.length === 0 ? '' : `: ${found.offered.slice(0, 30).join(', ')}`}`}
    </p>
  );
}

function QueryFields({ variable, onEdit }: Pick<FieldsProps, 'variable' | 'onEdit'>): ReactNode {
  return (
    <>
      <Field
        label="Query"
        hint="label_values(selector, label), label_values(label), label_names(), metrics(regex) or query_result(query)."
      >
        {(control) => (
          <Input
            {...control}
            spellCheck={false}
            className="font-mono"
            value={variable.query}
            onChange={(event) => onEdit({ query: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Regex" hint="Keeps what matches; its first group, where it has one.">
          {(control) => (
            <Input
              {...control}
              spellCheck={false}
              className="font-mono"
              value={variable.regex}
              onChange={(event) => onEdit({ regex: event.target.value })}
            />
          )}
        </Field>
        <Field label="Order">
          {(control) => (
            <Select
              {...control}
              value={variable.sort}
              onChange={(event) => onEdit({ sort: event.target.value as DashboardVariable['sort'] })}
            >
              {Object.entries(SORT_WORDS).map(([sort, words]) => (
                <option key={sort} value={sort}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
    </>
  );
}

function Choices({ variable, onEdit }: Pick<FieldsProps, 'variable' | 'onEdit'>): ReactNode {
  return (
    <div className="flex flex-col gap-2">
      <Checkbox
        label="Several can be chosen"
        checked={variable.isMulti}
        onChange={(event) => onEdit({ isMulti: event.target.checked })}
      />
      <Checkbox
        label="All can be chosen"
        checked={variable.hasAll}
        onChange={(event) => onEdit({ hasAll: event.target.checked, current: event.target.checked ? [ALL] : [] })}
      />
      {variable.hasAll ? (
        <Field label="All stands for" hint="A regex such as .*; empty: all of the values.">
          {(control) => (
            <Input
              {...control}
              spellCheck={false}
              className="font-mono"
              value={variable.allValue}
              onChange={(event) => onEdit({ allValue: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

/** One variable. */
export function VariableFields({ variable, others, look, onEdit }: FieldsProps): ReactNode {
  const { type } = variable;
  const isList = type === 'custom' || type === 'interval';
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              spellCheck={false}
              className="font-mono"
              value={variable.name}
              onChange={(event) => onEdit({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Label">
          {(control) => (
            <Input {...control} value={variable.label} onChange={(event) => onEdit({ label: event.target.value })} />
          )}
        </Field>
        <Field label="Type">
          {(control) => (
            <Select
              {...control}
              value={type}
              onChange={(event) => onEdit({ type: event.target.value as DashboardVariable['type'] })}
            >
              {Object.entries(TYPE_WORDS).map(([each, words]) => (
                <option key={each} value={each}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {type === 'query' ? <QueryFields variable={variable} onEdit={onEdit} /> : null}
      {isList ? (
        <Field label="Values" hint="One a line.">
          {(control) => (
            <Textarea
              {...control}
              spellCheck={false}
              className="font-mono"
              value={variable.options.join('\n')}
              onChange={(event) => onEdit({ options: event.target.value.split('\n') })}
              onBlur={() => onEdit({ options: variable.options.filter((option) => option.trim() !== '') })}
            />
          )}
        </Field>
      ) : null}
      {type === 'text' || type === 'constant' ? (
        <Field label="Value">
          {(control) => (
            <Input
              {...control}
              value={variable.query}
              onChange={(event) => onEdit({ query: event.target.value, current: [] })}
            />
          )}
        </Field>
      ) : null}
      {type === 'query' || type === 'custom' ? <Choices variable={variable} onEdit={onEdit} /> : null}
      <Checkbox
        label="Hidden"
        hint="It works, but is not shown above the panels."
        checked={variable.isHidden}
        onChange={(event) => onEdit({ isHidden: event.target.checked })}
      />
      {type === 'query' ? <Preview variable={variable} others={others} look={look} /> : null}
    </>
  );
}
