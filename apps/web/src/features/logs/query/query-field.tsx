import type { ReactNode, Ref } from 'react';
import type { CodeEditorHandle } from '../../../ui/code-editor/code-editor.tsx';
import { LazyCodeField } from '../../../ui/code-editor/lazy-code-field.tsx';
import { HighlightedQuery } from './highlighted-query.tsx';
import type { LogqlEditorProps } from './logql-editor.tsx';

const loadEditor = async () => (await import('./logql-editor.tsx')).LogqlEditor;

/** Where a LogQL query is written. */
export function QueryField({
  orgId,
  range,
  errorPosition,
  ...field
}: Omit<LogqlEditorProps, 'ref' | 'caret'> & {
  readonly ref: Ref<CodeEditorHandle>;
  /** Where the text is wrong, as the server says. */
  readonly errorPosition: number | undefined;
}): ReactNode {
  return (
    <LazyCodeField load={loadEditor} language={{ orgId, range }} {...field}>
      <HighlightedQuery text={field.text} errorPosition={errorPosition} />
    </LazyCodeField>
  );
}
