import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import type { EntriesMember } from '../fields/member-form.ts';
import { type FieldListPath, useFormField, useFormScope } from '../form/form-context.ts';
import { ListHead } from './list-head.tsx';

function EntryFields({
  member: { nameLabel, valueLabel, namePlaceholder, valuePlaceholder },
  path,
  index,
  onRemove,
}: {
  readonly member: EntriesMember;
  readonly path: string;
  readonly index: number;
  readonly onRemove: () => void;
}): ReactNode {
  const { isReadOnly } = useFormScope();
  const name = useFormField(`${path}.name`);
  const value = useFormField(`${path}.value`);
  const { problem } = useFormField(path);
  const written = {
    className: 'font-mono text-xs',
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': problem !== undefined,
    'aria-description': problem,
  };
  return (
    <li className="flex flex-col gap-1">
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_2rem] gap-1">
        <Input
          {...name.text()}
          {...written}
          aria-label={`${nameLabel} ${index + 1}`}
          placeholder={namePlaceholder ?? ''}
        />
        <Input
          {...value.text()}
          {...written}
          aria-label={`${valueLabel} ${index + 1}`}
          placeholder={valuePlaceholder ?? ''}
        />
        {isReadOnly ? null : (
          <IconButton label={`Remove line ${index + 1}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      {problem === undefined ? null : <p className="text-danger text-xs">{problem}</p>}
    </li>
  );
}

/** A map of a step: names, and what belongs to them. */
export function EntriesField({ member, path }: { readonly member: EntriesMember; readonly path: string }): ReactNode {
  const { form, isReadOnly } = useFormScope();
  const { problem } = useFormField(path);
  const { fields, append, remove } = useFieldArray({ control: form.control, name: path as FieldListPath });
  const { label, hint, nameLabel, valueLabel } = member;
  return (
    <ListHead label={label} hint={hint} problem={problem}>
      {fields.length === 0 ? null : (
        <>
          <div aria-hidden className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_2rem] gap-1 text-subtle text-xs">
            <span>{nameLabel}</span>
            <span>{valueLabel}</span>
          </div>
          <ul className="flex flex-col gap-1.5">
            {fields.map(({ id }, index) => (
              <EntryFields
                key={id}
                member={member}
                path={`${path}.${index}`}
                index={index}
                onRemove={() => remove(index)}
              />
            ))}
          </ul>
        </>
      )}
      {isReadOnly ? null : (
        <Button
          size="sm"
          className="self-start"
          aria-label={`Add to ${label.toLowerCase()}`}
          onClick={() => append({ name: '', value: '' } as never)}
        >
          <Plus aria-hidden />
          Add
        </Button>
      )}
    </ListHead>
  );
}
