import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import type { Filter } from '../filter.ts';
import { makeFilter } from './make-filter.ts';

const ENDS = [
  { name: 'least', label: 'At least', op: '>=', example: '100ms' },
  { name: 'most', label: 'At most', op: '<=', example: '1.5s' },
] as const;

/** Asks how long spans last, at least and at most. */
export function DurationForm({ onSubmit }: { readonly onSubmit: (filters: readonly Filter[]) => void }): ReactNode {
  const [texts, setTexts] = useState({ least: '', most: '' });
  const [problem, setProblem] = useState<string>();
  const submit = (): void => {
    const made = ENDS.filter(({ name }) => texts[name].trim() !== '').map(({ name, op }) =>
      makeFilter({ field: 'duration', op, value: texts[name] }, undefined),
    );
    const wrong = made.find((each) => typeof each === 'string');
    if (wrong !== undefined || made.length === 0) {
      setProblem(wrong ?? 'Write a duration such as 100ms or 1.5s.');
    } else {
      onSubmit(made.filter((each) => typeof each !== 'string'));
    }
  };
  return (
    <form
      noValidate
      className="grid grid-cols-2 gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {ENDS.map(({ name, label, example }) => (
        <Field key={name} label={label}>
          {(control) => (
            <Input
              {...control}
              placeholder={example}
              autoComplete="off"
              spellCheck={false}
              className="h-7 px-2 font-mono text-xs"
              value={texts[name]}
              onChange={({ target }) => setTexts((before) => ({ ...before, [name]: target.value }))}
            />
          )}
        </Field>
      ))}
      {problem === undefined ? null : (
        <p role="alert" className="col-span-2 text-danger text-xs">
          {problem}
        </p>
      )}
      <div className="col-span-2 flex justify-end">
        <Button type="submit" size="sm" variant="primary">
          Apply
        </Button>
      </div>
    </form>
  );
}
