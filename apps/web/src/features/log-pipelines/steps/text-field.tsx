import type { ReactNode } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { NumberMember, TextMember } from '../fields/member-form.ts';
import { useFormField } from '../form/form-context.ts';

/** A text or a number of a step. */
export function TextField({
  member,
  path,
}: {
  readonly member: TextMember | NumberMember;
  readonly path: string;
}): ReactNode {
  const { text, problem } = useFormField(path);
  const { type, label, hint, placeholder } = member;
  const written = { placeholder: placeholder ?? '', className: 'font-mono text-xs', spellCheck: false };
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} error={problem}>
      {(control) =>
        type === 'expression' ? (
          <Textarea {...control} {...text()} {...written} rows={1} className="min-h-8 font-mono text-xs" />
        ) : (
          <Input
            {...control}
            {...text()}
            {...written}
            autoComplete="off"
            inputMode={type === 'number' ? 'decimal' : 'text'}
          />
        )
      }
    </Field>
  );
}
