import { Play, Square } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react';
import type { ApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { asLineFilter } from './edit-query.ts';
import { HighlightedQuery } from './highlighted-query.tsx';
import { HistoryMenu } from './history-menu.tsx';

/** Both layers must break lines at the same places. */
const LAYER =
  'col-start-1 row-start-1 whitespace-pre-wrap break-words px-2.5 py-1.5 font-mono text-xs leading-5 [tab-size:4]';

function QueryProblem({
  id,
  error,
  query,
  onRun,
}: {
  readonly id: string;
  readonly error: ApiError;
  readonly query: string;
  readonly onRun: (query: string) => void;
}): ReactNode {
  const meant = asLineFilter(query);
  return (
    <p id={id} role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 px-0.5 pt-1 text-danger text-xs">
      <span className="min-w-0 break-words">{error.detail ?? error.title}</span>
      {meant === undefined ? null : (
        <Button size="sm" className="h-6" onClick={() => onRun(meant)}>
          Search for lines that contain it
        </Button>
      )}
    </p>
  );
}

/** What the bar must know. */
export interface QueryBarProps {
  readonly orgId: string;
  /** The query that was run last. */
  readonly query: string;
  /** The field, so that `/` can go to it. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Why the query that was run last is not understood. */
  readonly error: ApiError | undefined;
  readonly isRunning: boolean;
  readonly onRun: (query: string) => void;
  readonly onCancel: () => void;
}

/** Where LogQL is written: Enter runs it, Shift+Enter breaks the line, Escape leaves. */
export function QueryBar({ orgId, query, field, error, isRunning, onRun, onCancel }: QueryBarProps): ReactNode {
  const [draft, setDraft] = useState(query);
  // A query that came from elsewhere (a filter, the back button) replaces what was being typed.
  const [seen, setSeen] = useState(query);
  if (seen !== query) {
    setSeen(query);
    setDraft(query);
  }
  const problemId = useId();
  const isUnchanged = draft === query;
  const shownError = isUnchanged ? error : undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onRun(draft);
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    }
  };
  return (
    <div className="shrink-0 border-line border-b bg-surface px-3 py-2">
      <div className="flex items-start gap-1.5">
        <div
          className={classNames(
            'scrollbar-slim grid max-h-48 min-w-0 flex-1 overflow-y-auto rounded-md border border-line-input bg-canvas focus-within:border-focus focus-within:outline-1 focus-within:outline-focus',
            shownError !== undefined && 'border-danger',
          )}
        >
          <pre aria-hidden className={classNames(LAYER, 'pointer-events-none m-0 text-text')}>
            <HighlightedQuery text={draft} errorPosition={shownError?.position} />
          </pre>
          <textarea
            ref={field}
            aria-label="LogQL query"
            aria-invalid={shownError !== undefined}
            aria-describedby={shownError === undefined ? undefined : problemId}
            placeholder={'{service="checkout"} |= "timeout"'}
            value={draft}
            rows={1}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            className={classNames(
              LAYER,
              'resize-none overflow-hidden bg-transparent text-transparent caret-text outline-none placeholder:text-subtle',
            )}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <HistoryMenu orgId={orgId} onChoose={onRun} />
        {isRunning && isUnchanged ? (
          <Button className="w-24 max-sm:w-8" onClick={onCancel}>
            <Square aria-hidden />
            <span className="max-sm:sr-only">Cancel</span>
          </Button>
        ) : (
          <Button variant="primary" className="w-24 max-sm:w-8" onClick={() => onRun(draft)}>
            <Play aria-hidden />
            <span className="max-sm:sr-only">Run</span>
          </Button>
        )}
      </div>
      {shownError === undefined ? null : <QueryProblem id={problemId} error={shownError} query={query} onRun={onRun} />}
    </div>
  );
}
