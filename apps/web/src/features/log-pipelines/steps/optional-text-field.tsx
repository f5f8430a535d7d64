import type { ReactNode } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Input } from '../../../ui/input.tsx';
import type { OptionalTextMember } from '../fields/member-form.ts';
import { useFormField } from '../form/form-context.ts';

/** Whether there is a text, and which: an empty one says something else than none. */
export function OptionalTextField({
  member: { label, hint, emptyWords },
  path,
}: {
  readonly member: OptionalTextMember;
  readonly path: string;
}): ReactNode {
  const isSet = useFormField(`${path}.isSet`);
  const { text } = useFormField(`${path}.text`);
  const { problem } = useFormField(path);
  return (
    <div className="flex flex-col gap-1">
      <Checkbox {...isSet.choice()} label={label} hint={hint} />
      {isSet.value === true ? (
        <Input
          {...text()}
          aria-label={`${label}: text`}
          aria-invalid={problem !== undefined}
          aria-description={problem}
          placeholder={emptyWords}
          className="font-mono text-xs"
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
      {problem === undefined ? null : <p className="text-danger text-xs">{problem}</p>}
    </div>
  );
}
