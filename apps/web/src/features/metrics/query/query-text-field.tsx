import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { PromqlEditorProps } from './promql-editor.tsx';

// CodeMirror and the parser come after the page.
const PromqlEditor = lazy(async () => ({ default: (await import('./promql-editor.tsx')).PromqlEditor }));

/** Where a query is written. What is typed counts when it is run. */
export function QueryTextField({
  text,
  onTake,
  ...props
}: Omit<PromqlEditorProps, 'onChange' | 'onRun'> & { readonly onTake: (text: string) => void }): ReactNode {
  const [draft, setDraft] = useState({ given: text, text });
  if (draft.given !== text) {
    // The builder, the catalogue or the back button has changed the query.
    setDraft({ given: text, text });
  }
  const take = (): void => {
    if (draft.text !== text) {
      onTake(draft.text);
    }
  };
  return (
    <Suspense
      fallback={
        <pre className="min-h-8 whitespace-pre-wrap break-words rounded-md border border-line-input bg-canvas px-2.5 py-1 font-mono text-xs leading-5">
          {text}
        </pre>
      }
    >
      <PromqlEditor
        {...props}
        text={draft.text}
        onChange={(changed) => setDraft({ given: text, text: changed })}
        onRun={take}
      />
    </Suspense>
  );
}
