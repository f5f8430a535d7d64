import { type ReactNode, useId } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { Snippet } from './snippets/snippet.ts';

/** A text to copy, with what it is for. */
export function SnippetBlock({ snippet: { title, text } }: { readonly snippet: Snippet }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line-strong bg-canvas">
      <div className="flex items-center justify-between border-line border-b py-0.5 pr-1 pl-3">
        <h3 id={id} className="font-medium text-muted text-xs">
          {title}
        </h3>
        <CopyButton label={`Copy: ${title}`} text={() => text} />
      </div>
      <pre className="whitespace-pre-wrap break-words p-3 font-mono text-xs leading-5">{text}</pre>
    </section>
  );
}
