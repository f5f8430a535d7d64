import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { type ReactNode, type Ref, useCallback } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { parseTraceView } from '../view/trace-view.ts';
import { foundWords } from './found-words.ts';
import { useFindText } from './use-find-text.ts';

function foundNow(): string {
  return parseTraceView(new URLSearchParams(window.location.search)).find;
}

/** Looks for a text in the spans of the trace, and goes from match to match. */
export function FindBar({
  explorer,
  field,
}: {
  readonly explorer: TraceExplorer;
  readonly field: Ref<HTMLInputElement>;
}): ReactNode {
  const { view, change, toMatch, search } = explorer;
  const write = useCallback((text: string) => change({ find: text }, true), [change]);
  const [text, type] = useFindText(view.find, foundNow, write);
  const isWanted = view.find.trim() !== '';
  return (
    <search className="flex min-w-48 flex-1 items-center gap-1">
      <div className="relative min-w-32 max-w-80 flex-1">
        <Search aria-hidden className="absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-subtle" />
        <Input
          ref={field}
          type="search"
          aria-label="Search in the trace"
          placeholder="Search names, attributes, events"
          autoComplete="off"
          spellCheck={false}
          className="h-7 pl-7"
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              toMatch(event.shiftKey ? -1 : 1);
            } else if (event.key === 'Escape') {
              event.preventDefault();
              event.currentTarget.blur();
            }
          }}
        />
      </div>
      {isWanted ? (
        <>
          <span role="status" className="whitespace-nowrap px-1 text-subtle text-xs tabular-nums">
            {foundWords(search, explorer.cursor.row)}
          </span>
          <IconButton
            size="icon-sm"
            label="Previous match"
            shortcut="N"
            disabled={search.matches.length === 0}
            onClick={() => toMatch(-1)}
          >
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton
            size="icon-sm"
            label="Next match"
            shortcut="n"
            disabled={search.matches.length === 0}
            onClick={() => toMatch(1)}
          >
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      ) : null}
    </search>
  );
}
