import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is not as it should be with a trace: said in a line, and in full on demand. */
export function TraceWarnings({ warnings }: { readonly warnings: readonly string[] }): ReactNode {
  const [first, ...others] = warnings;
  if (first === undefined) {
    return null;
  }
  const line = (
    <>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <span className="min-w-0">{first}</span>
    </>
  );
  if (others.length === 0) {
    return <p className="flex gap-2 border-line border-b bg-warn-surface px-3 py-1.5">{line}</p>;
  }
  return (
    <details className="group border-line border-b bg-warn-surface px-3 py-1.5">
      <summary className="flex cursor-pointer list-none gap-2">
        {line}
        <span className="ml-auto flex shrink-0 items-center gap-1 text-muted">
          and {others.length} more
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        </span>
      </summary>
      <ul className="mt-1 flex max-h-40 list-disc flex-col gap-0.5 overflow-y-auto pl-10">
        {others.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </details>
  );
}
