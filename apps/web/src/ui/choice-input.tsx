import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Input } from './input.tsx';

/** Suggestions that are listed; a browser's list gets slow with more. */
const LISTED_MAX = 1000;

/** A text with suggestions from the server, asked when the field is entered; it counts when Enter is pressed, a suggestion is chosen or the field is left. */
export function ChoiceInput({
  label,
  value,
  placeholder,
  source,
  className,
  onChoose,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Where suggestions come from, and the key by which they are kept. */
  readonly source: {
    readonly key: readonly unknown[];
    readonly ask: (signal: AbortSignal) => Promise<readonly string[]>;
  };
  readonly className?: string;
  readonly onChoose: (value: string) => void;
}): ReactNode {
  const listId = useId();
  const [isEntered, setEntered] = useState(false);
  const [draft, setDraft] = useState({ given: value, text: value });
  if (draft.given !== value) {
    setDraft({ given: value, text: value });
  }
  const { data = [] } = useQuery({
    queryKey: ['choices', ...source.key],
    queryFn: ({ signal }) => source.ask(signal),
    enabled: isEntered,
    staleTime: 60_000,
  });
  const take = (text: string): void => {
    if (text !== value) {
      onChoose(text);
    }
  };
  return (
    <>
      <Input
        aria-label={label}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        list={listId}
        className={classNames('h-7 px-2 font-mono text-xs', className)}
        value={draft.text}
        onFocus={() => setEntered(true)}
        onChange={({ target: { value: text } }) => {
          setDraft({ given: value, text });
          if (data.includes(text)) {
            take(text);
          }
        }}
        onBlur={() => take(draft.text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            take(draft.text);
          }
        }}
      />
      <datalist id={listId}>
        {data.slice(0, LISTED_MAX).map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  );
}
