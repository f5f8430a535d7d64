import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { classNames } from '../lib/class-names.ts';
import { type ChoiceDraft, redrafted } from './choice-draft.ts';
import { Input } from './input.tsx';

/** Suggestions that are listed; a browser's list gets slow with more. */
const LISTED_MAX = 1000;

/** Whether a suggestion was picked, and not its last letter typed: one may begin with another. Browsers that do not say how a text came typed it not. */
function isPicked(event: Event): boolean {
  return !(event instanceof InputEvent) || event.inputType === '' || event.inputType === 'insertReplacementText';
}

/** A text with suggestions from the server, asked when the field is entered; it counts when Enter is pressed, a suggestion is picked or the field is left. */
export function ChoiceInput({
  label,
  value,
  revision = 0,
  placeholder,
  source,
  className,
  onChoose,
}: {
  readonly label: string;
  readonly value: string;
  /** The field begins anew with its value when this changes. */
  readonly revision?: number;
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
  const [draft, setDraft] = useState<ChoiceDraft>({ text: value, given: value, revision, chosen: undefined });
  if (draft.given !== value || draft.revision !== revision) {
    setDraft(redrafted(draft, value, revision));
  }
  const { data = [] } = useQuery({
    queryKey: ['choices', ...source.key],
    queryFn: ({ signal }) => source.ask(signal),
    enabled: isEntered,
    staleTime: 60_000,
  });
  const take = (text: string): void => {
    if (text !== value) {
      setDraft((last) => ({ ...last, text, chosen: text }));
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
        onChange={({ target: { value: text }, nativeEvent }) => {
          setDraft((last) => ({ ...last, text }));
          if (isPicked(nativeEvent) && data.includes(text)) {
            take(text);
          }
        }}
        onBlur={() => {
          // What was chosen already is not asked for again while it is on its way.
          if (draft.text !== draft.chosen) {
            take(draft.text);
          }
        }}
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
