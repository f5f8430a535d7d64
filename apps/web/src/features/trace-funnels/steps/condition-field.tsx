import { type ReactNode, useRef, useState } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import type { CodeEditorHandle } from '../../../ui/code-editor/code-editor.tsx';
import { HighlightedText } from '../../../ui/code-editor/highlighted-text.tsx';
import { LazyCodeField } from '../../../ui/code-editor/lazy-code-field.tsx';
import { coloredTraceQl } from '../../traces/query/traceql-colors.ts';

const loadEditor = async () => (await import('../../traces/query/traceql-editor.tsx')).TraceqlEditor;

/** More that is asked of a step's spans, in TraceQL; it counts when Enter is pressed or the field is left. */
export function ConditionField({
  orgId,
  range,
  label,
  query,
  isInvalid,
  describedBy,
  onChange,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly label: string;
  readonly query: string;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (query: string) => void;
}): ReactNode {
  const field = useRef<CodeEditorHandle>(null);
  const [draft, setDraft] = useState({ given: query, text: query });
  if (draft.given !== query) {
    setDraft({ given: query, text: query });
  }
  const take = (text: string): void => {
    if (text !== query) {
      onChange(text);
    }
  };
  return (
    <fieldset className="min-w-0" onBlur={() => take(draft.text)}>
      <LazyCodeField
        load={loadEditor}
        language={{ orgId, range }}
        ref={field}
        label={label}
        hint="{ span.http.response.status_code = 200 }"
        text={draft.text}
        isInvalid={isInvalid}
        describedBy={describedBy}
        onChange={(text) => setDraft({ given: query, text })}
        onRun={take}
      >
        <HighlightedText tokens={coloredTraceQl(draft.text)} errorPosition={undefined} />
      </LazyCodeField>
    </fieldset>
  );
}
