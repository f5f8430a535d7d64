import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Input } from './input.tsx';

/** A text that narrows a list. It counts when Enter is pressed or the field is left, so that not every letter asks the server. */
export function FilterInput({
  label,
  value,
  suggestions = [],
  className,
  onFilter,
  ...props
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'list'> & {
  readonly label: string;
  readonly value: string | undefined;
  readonly suggestions?: readonly string[];
  readonly onFilter: (value: string | undefined) => void;
}): ReactNode {
  const listId = useId();
  const given = value ?? '';
  const [draft, setDraft] = useState({ given, text: given });
  if (draft.given !== given) {
    // A click elsewhere or the back button has changed the filter.
    setDraft({ given, text: given });
  }
  const take = (): void => {
    const text = draft.text.trim();
    if (text !== given) {
      // The filter's own value follows; a field that only adds to others is empty again.
      setDraft({ given, text: given });
      onFilter(text === '' ? undefined : text);
    }
  };
  return (
    <>
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        className={classNames('w-40', given !== '' && 'border-accent', className)}
        list={suggestions.length === 0 ? undefined : listId}
        value={draft.text}
        onChange={(event) => setDraft({ given, text: event.target.value })}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            take();
          }
        }}
        {...props}
      />
      {suggestions.length === 0 ? null : (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}
