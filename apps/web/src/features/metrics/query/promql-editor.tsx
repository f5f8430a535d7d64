import { type Diagnostic, linter } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { CodeEditor, type CodeEditorProps, type EditorLanguage } from '../../../ui/code-editor/code-editor.tsx';
import { prometheusClient } from './prometheus-client.ts';
import { queryProblem } from './query-problem.ts';

/** What the editor must know. */
export interface PromqlEditorProps extends Pick<CodeEditorProps, 'label' | 'text' | 'hint' | 'onChange'> {
  readonly orgId: string;
  readonly range: ResolvedRange;
  /** Enter was pressed, or the field was left. */
  readonly onRun: () => void;
}

function diagnostics(view: EditorView): readonly Diagnostic[] {
  const problem = queryProblem(view.state.doc.toString());
  return problem === undefined ? [] : [{ ...problem, severity: 'error' }];
}

function promqlOf(orgId: string, range: () => ResolvedRange): EditorLanguage {
  const promql = new PromQLExtension()
    .activateLinter(false)
    .setComplete({ remote: prometheusClient(orgId, range), maxMetricsMetadata: 2000 });
  return {
    extension: [promql.asExtension(), linter(diagnostics, { delay: 400 })],
    destroy: () => promql.destroy(),
  };
}

/** A PromQL editor that completes with the organization's metrics, labels and values. */
export function PromqlEditor({ orgId, range, onRun, ...field }: PromqlEditorProps): ReactNode {
  const latest = useRef(range);
  useEffect(() => {
    latest.current = range;
  });
  return (
    <CodeEditor
      key={orgId}
      {...field}
      language={() => promqlOf(orgId, () => latest.current)}
      onRun={onRun}
      onLeave={onRun}
    />
  );
}
