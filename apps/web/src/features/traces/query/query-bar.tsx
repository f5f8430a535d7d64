import { Play, Square } from 'lucide-react';
import { lazy, type ReactNode, type Ref, Suspense, useId, useState } from 'react';
import type { ApiError } from '../../../lib/api-error.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import type { CodeEditorHandle } from '../../../ui/code-editor/code-editor.tsx';
import { HighlightedText } from '../../../ui/code-editor/highlighted-text.tsx';
import { LazyCodeField } from '../../../ui/code-editor/lazy-code-field.tsx';
import { QueryHistoryMenu } from '../../../ui/query-history-menu.tsx';
import { coloredTraceQl } from './traceql-colors.ts';

const loadEditor = async () => (await import('./traceql-editor.tsx')).TraceqlEditor;
const FormBar = lazy(async () => ({ default: (await import('./form/form-bar.tsx')).FormBar }));

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
  readonly hasForm: boolean;
  readonly onRun: (query: string) => void;
  readonly onCancel: () => void;
}

/** Where TraceQL is written, as text and as a form: Enter runs it, Shift+Enter breaks the line, Escape leaves. */
export function QueryBar(props: QueryBarProps): ReactNode {
  const { orgId, range, query, queryNow, error, isRunning, onRun } = props;
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
          <LazyCodeField
            load={loadEditor}
            language={{ orgId, range }}
            ref={props.field}
            label="TraceQL query"
            hint={'{ resource.service.name = "checkout" && duration > 500ms } or a trace id'}
            text={draft}
            isInvalid={shownError !== undefined}
            describedBy={shownError === undefined ? undefined : problemId}
            onChange={setDraft}
            onRun={onRun}
          >
            <HighlightedText tokens={coloredTraceQl(draft)} errorPosition={shownError?.position} />
          </LazyCodeField>
        </div>
        <QueryHistoryMenu history="trace-queries" orgId={orgId} onChoose={onRun} />
        {isRunning && isUnchanged ? (
          <Button className="w-24 max-sm:w-8" onClick={props.onCancel}>
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
      {shownError === undefined ? null : (
        <p id={problemId} role="alert" className="break-words px-0.5 pt-1 text-danger text-xs">
          {shownError.detail ?? shownError.title}
        </p>
      )}
      {props.hasForm ? (
        <div className="min-h-[30px] pt-1.5">
          <Suspense fallback={null}>
            <FormBar orgId={orgId} range={range} query={draft} onEdit={onEdit} />
          </Suspense>
        </div>
      ) : null}
    </div>
  );
}
