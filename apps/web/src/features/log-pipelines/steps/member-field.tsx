import type { ReactNode } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import type { ChoiceMember, MemberForm, SwitchMember } from '../fields/member-form.ts';
import { useFormField } from '../form/form-context.ts';
import { EntriesField } from './entries-field.tsx';
import { LinesField } from './lines-field.tsx';
import { NamesField } from './names-field.tsx';
import { OptionalTextField } from './optional-text-field.tsx';
import { SelectorField } from './selector-field.tsx';
import { TextField } from './text-field.tsx';

/** Members that need the whole width. */
const WIDE: ReadonlySet<MemberForm['type']> = new Set([
  'expression',
  'entries',
  'lines',
  'selector',
  'steps',
  'switch',
]);

function SwitchField({ member, path }: { readonly member: SwitchMember; readonly path: string }): ReactNode {
  const { choice } = useFormField(path);
  return <Checkbox {...choice()} label={member.label} hint={member.hint} />;
}

function ChoiceField({ member, path }: { readonly member: ChoiceMember; readonly path: string }): ReactNode {
  const { choice, problem } = useFormField(path);
  return (
    <Field label={member.label} error={problem}>
      {(control) => (
        <Select {...control} {...choice()}>
          {member.isOptional === true ? <option value="">{member.noneWords ?? 'None'}</option> : null}
          {Object.entries(member.choices).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Draws the steps that stand in a step: they contain what this is a part of. */
export type DrawSteps = (path: string, label: string) => ReactNode;

interface MemberProps {
  readonly member: MemberForm;
  readonly path: string;
  readonly steps: DrawSteps;
}

function FieldOf({ member, path, steps }: MemberProps): ReactNode {
  switch (member.type) {
    case 'switch':
      return <SwitchField member={member} path={path} />;
    case 'choice':
      return <ChoiceField member={member} path={path} />;
    case 'entries':
      return <EntriesField member={member} path={path} />;
    case 'names':
    case 'numbers':
      return <NamesField member={member} path={path} />;
    case 'lines':
      return <LinesField member={member} path={path} />;
    case 'optional-text':
      return <OptionalTextField member={member} path={path} />;
    case 'selector':
      return <SelectorField label={member.label} path={path} />;
    case 'steps':
      return steps(path, member.label);
    default:
      return <TextField member={member} path={path} />;
  }
}

/** Where a member of a step is written, as its form says. */
export function MemberField(props: MemberProps): ReactNode {
  return (
    <div className={WIDE.has(props.member.type) ? 'min-w-0 sm:col-span-2' : 'min-w-0'}>
      <FieldOf {...props} />
    </div>
  );
}
