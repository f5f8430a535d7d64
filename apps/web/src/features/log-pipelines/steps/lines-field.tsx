import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { LinesMember } from '../fields/member-form.ts';
import { type FieldListPath, useFormField, useFormScope } from '../form/form-context.ts';
import { ListHead } from './list-head.tsx';

function LineField({
  member: { lineLabel, placeholder },
  path,
  index,
  onRemove,
}: {
  readonly member: LinesMember;
  readonly path: string;
  readonly index: number;
  /** Undefined for the only one. */
  readonly onRemove: (() => void) | undefined;
}): ReactNode {
  const { text } = useFormField(`${path}.text`);
  const { problem } = useFormField(path);
  const label = `${lineLabel} ${index + 1}`;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex items-start gap-1">
        <Textarea
          {...text()}
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-description={problem}
          rows={1}
          placeholder={placeholder ?? ''}
          className="min-h-8 font-mono text-xs"
          spellCheck={false}
        />
        {onRemove === undefined ? null : (
          <IconButton label={`Remove ${label.toLowerCase()}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      {problem === undefined ? null : <p className="text-danger text-xs">{problem}</p>}
    </li>
  );
}

/** Expressions of a step, each on a line of its own. */
export function LinesField({ member, path }: { readonly member: LinesMember; readonly path: string }): ReactNode {
  const { form, isReadOnly } = useFormScope();
  const { problem } = useFormField(path);
  const { fields, append, remove } = useFieldArray({ control: form.control, name: path as FieldListPath });
  return (
    <ListHead label={member.label} hint={member.hint} problem={problem}>
      <ul className="flex flex-col gap-1.5">
        {fields.map(({ id }, index) => (
          <LineField
            key={id}
            member={member}
            path={`${path}.${index}`}
            index={index}
            onRemove={fields.length > 1 && !isReadOnly ? () => remove(index) : undefined}
          />
        ))}
      </ul>
      {isReadOnly ? null : (
        <Button size="sm" className="self-start" onClick={() => append({ text: '' } as never)}>
          <Plus aria-hidden />
          {`Add a ${member.lineLabel.toLowerCase()}`}
        </Button>
      )}
    </ListHead>
  );
}
