import { PrivacyPolicy } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { Controller } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { PolicySection } from './policy-section.tsx';
import { TokenList } from './token-list.tsx';
import type { PolicyForm } from './use-policy-form.ts';

const Names = PrivacyPolicy.shape.secretFields;

function AddName({
  names,
  onAdd,
}: {
  readonly names: readonly string[];
  readonly onAdd: (name: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState('');
  const [error, setError] = useState<string>();
  const add = (): void => {
    const name = draft.trim();
    if (names.includes(name)) {
      setError('It is in the list already.');
    } else if (name === '' || !Names.safeParse([...names, name]).success) {
      setError('A name of at most 100 characters is needed.');
    } else {
      setDraft('');
      setError(undefined);
      onAdd(name);
    }
  };
  return (
    <div className="flex items-start gap-2">
      <Field label="Name of a field" className="w-64 min-w-0" error={error}>
        {(control) => (
          <Input
            {...control}
            value={draft}
            placeholder="x-internal-auth"
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                // It adds a name, and does not save the policy.
                event.preventDefault();
                add();
              }
            }}
          />
        )}
      </Field>
      <Button className="mt-5" onClick={add}>
        Add
      </Button>
    </div>
  );
}

/** Names of fields that hold secrets, beside those that are known to. */
export function NamesSection({
  policy: { form },
  isReadOnly,
}: {
  readonly policy: PolicyForm;
  readonly isReadOnly: boolean;
}): ReactNode {
  return (
    <PolicySection
      title="Further secret fields"
      about="Whatever stands in a field of such a name is treated as Secret fields are. Password, token, api key and the like are known without being listed."
    >
      <Controller
        control={form.control}
        name="secretFields"
        render={({ field: { value, onChange } }) => (
          <>
            {value.length === 0 ? <p className="text-muted text-sm">None beside those.</p> : null}
            <TokenList
              label="Further secret fields"
              isMono
              isReadOnly={isReadOnly}
              tokens={value.map((name) => ({ id: name, words: name }))}
              onRemove={(name) => onChange(value.filter((each) => each !== name))}
            />
            {isReadOnly ? null : <AddName names={value} onAdd={(name) => onChange([...value, name])} />}
          </>
        )}
      />
    </PolicySection>
  );
}
