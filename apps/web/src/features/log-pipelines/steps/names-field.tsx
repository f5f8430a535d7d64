import { X } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import type { NamesMember, NumbersMember } from '../fields/member-form.ts';
import { useFormField, useFormScope } from '../form/form-context.ts';

/** Names or numbers of which each can be taken away. One is added by Enter, by a comma, or by leaving the field. */
export function NamesField({
  member,
  path,
}: {
  readonly member: NamesMember | NumbersMember;
  readonly path: string;
}): ReactNode {
  const { isReadOnly } = useFormScope();
  const { value, set, problem } = useFormField(path);
  const [text, setText] = useState('');
  const names = value as readonly string[];
  const add = (written: string): void => {
    const added = written
      .split(/[,\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== '');
    set([...new Set([...names, ...added])]);
    setText('');
  };
  const writing: Pick<ComponentProps<'input'>, 'onChange' | 'onBlur' | 'onKeyDown'> = {
    onChange: ({ target }) => (/[,\n]/.test(target.value) ? add(target.value) : setText(target.value)),
    onBlur: () => add(text),
    onKeyDown: (event) => {
      if (event.key === 'Enter') {
        // Not the form: a name is not the end of it.
        event.preventDefault();
        add(text);
      } else if (event.key === 'Backspace' && text === '' && names.length > 0) {
        set(names.slice(0, -1));
      }
    },
  };
  const { label, hint, placeholder } = member;
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} error={problem}>
      {(control) => (
        <>
          {names.length === 0 ? null : (
            <ul aria-label={label} className="flex flex-wrap gap-1.5">
              {names.map((name) => (
                <li
                  key={name}
                  className="flex min-h-7 max-w-full items-center rounded-md border border-line-strong bg-canvas pl-2 font-mono text-xs last:pr-0"
                >
                  <span className="min-w-0 break-words pr-2 [overflow-wrap:anywhere]">{name}</span>
                  {isReadOnly ? null : (
                    <button
                      type="button"
                      aria-label={`Remove ${name}`}
                      className="-ml-2 flex size-7 shrink-0 items-center justify-center rounded-md text-subtle hover:text-text"
                      onClick={() => set(names.filter((each) => each !== name))}
                    >
                      <X aria-hidden className="size-3.5" />
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )}
          {isReadOnly && names.length > 0 ? null : (
            <Input
              {...control}
              value={text}
              readOnly={isReadOnly}
              placeholder={names.length === 0 ? (placeholder ?? '') : 'Add another'}
              className="font-mono text-xs"
              autoComplete="off"
              spellCheck={false}
              {...(isReadOnly ? {} : writing)}
            />
          )}
        </>
      )}
    </Field>
  );
}
