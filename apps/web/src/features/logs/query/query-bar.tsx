import { Play, Square } from 'lucide-react';
import { lazy, type ReactNode, type Ref, Suspense, useId, useState } from 'react';
import type { ApiError } from '../../../lib/api-error.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import type { CodeEditorHandle } from '../../../ui/code-editor/code-editor.tsx';
import { QueryHistoryMenu } from '../../../ui/query-history-menu.tsx';
import { asLineFilter } from './edit-query.ts';
import { QueryField } from './query-field.tsx';

const ChipBar = lazy(async () => ({ default: (await import('./chips/chip-bar.tsx')).ChipBar }));

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
  readonly range: ResolvedRange;
  /** The query that was run last. */
  readonly query: string;
  /** The same as it is by now, when it is not drawn yet. */
  readonly queryNow: () => string;
  /** The field, so that `/` can go to it. */
  readonly field: Ref<CodeEditorHandle>;
  /** Why the query that was run last is not understood. */
  readonly error: ApiError | undefined;
  readonly isRunning: boolean;
  readonly hasChips: boolean;
  /** Labels that the query's pipeline has made. */
  readonly parsed: ReadonlySet<string>;
  readonly onRun: (query: string) => void;
  readonly onCancel: () => void;
}

/** Where LogQL is written: Enter runs it, Shift+Enter breaks the line, Escape leaves. */
export function QueryBar({
  orgId,
  range,
  query,
  queryNow,
  field,
  error,
  isRunning,
  hasChips,
  parsed,
  onRun,
  onCancel,
}: QueryBarProps): ReactNode {
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
  const onEdit = (edit: (query: string) => string): void => {
    const current = queryNow();
    onRun(edit(current === query ? draft : current));
  };
  return (
    <div className="shrink-0 border-line border-b bg-surface px-3 py-2">
      <div className="flex items-start gap-1.5">
        <div className="min-w-0 flex-1">
          <QueryField
            ref={field}
            orgId={orgId}
            range={range}
            label="LogQL query"
            hint={'{service="checkout"} |= "timeout"'}
            text={draft}
            isInvalid={shownError !== undefined}
            describedBy={shownError === undefined ? undefined : problemId}
            errorPosition={shownError?.position}
            onChange={setDraft}
            onRun={onRun}
          />
        </div>
        <QueryHistoryMenu history="queries" orgId={orgId} onChoose={onRun} />
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
      {hasChips ? (
        <div className="min-h-[30px] pt-1.5">
          <Suspense fallback={null}>
            <ChipBar orgId={orgId} range={range} query={draft} parsed={parsed} onEdit={onEdit} />
          </Suspense>
        </div>
      ) : null}
    </div>
  );
}
