import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { classNames } from '../../lib/class-names.ts';
import { Field } from '../../ui/field.tsx';
import { PasswordInput } from './password-input.tsx';
import { passwordStrength } from './password-strength.ts';

const TONES = ['bg-line-strong', 'bg-danger', 'bg-warn', 'bg-ok'] as const;
const BARS = [1, 2, 3] as const;

/** A password that is being chosen, with how good it is. */
export function NewPasswordField({
  label = 'Password',
  value,
  known,
  error,
  field,
}: {
  readonly label?: string;
  readonly value: string;
  /** What others know of the person: address and names. */
  readonly known: readonly string[];
  readonly error: string | undefined;
  readonly field: UseFormRegisterReturn;
}): ReactNode {
  const { level, words } = passwordStrength(value, known);
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={label} hint={words} error={error}>
        {(control) => (
          <>
            <PasswordInput autoComplete="new-password" {...control} {...field} />
            <div aria-hidden className="mt-0.5 grid grid-cols-3 gap-1">
              {BARS.map((bar) => (
                <span
                  key={bar}
                  className={classNames('h-1 rounded-full transition-colors', bar <= level ? TONES[level] : 'bg-line')}
                />
              ))}
            </div>
          </>
        )}
      </Field>
    </div>
  );
}
