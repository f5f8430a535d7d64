import { type Diagnostic, linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { CodeEditor, type CodeEditorProps, type EditorLanguage } from '../../../ui/code-editor/code-editor.tsx';
import { tokenColors } from '../../../ui/code-editor/token-colors.ts';
import { traceNames } from './trace-names.ts';
import { coloredTraceQl } from './traceql-colors.ts';
import { traceqlCompletions } from './traceql-completions.ts';
import { traceqlProblem } from './traceql-problem.ts';

/** What the editor must know. */
interface TraceqlEditorProps extends Omit<CodeEditorProps, 'language' | 'onLeave'> {
  readonly orgId: string;
  readonly range: ResolvedRange;
}

/** It is looked for problems when typing has rested so long. */
const LINT_DELAY_MS = 400;

function diagnostics(view: EditorView): readonly Diagnostic[] {
  const problem = traceqlProblem(view.state.doc.toString());
  return problem === undefined ? [] : [{ ...problem, severity: 'error' }];
}

function traceqlOf(orgId: string, range: () => ResolvedRange): EditorLanguage {
  const data = {
    autocomplete: traceqlCompletions(traceNames(orgId, range)),
    closeBrackets: { brackets: ['(', '{', '"', '`'] },
    commentTokens: { line: '//' },
  };
  return {
    extension: [
      EditorState.languageData.of(() => [data]),
      tokenColors(coloredTraceQl),
      linter(diagnostics, { delay: LINT_DELAY_MS }),
    ],
  };
}

/** A TraceQL editor that completes with the organization's attributes and values, and underlines what is wrong while one types. */
export function TraceqlEditor({ orgId, range, ...field }: TraceqlEditorProps): ReactNode {
  const latest = useRef(range);
  useEffect(() => {
    latest.current = range;
  });
  return <CodeEditor key={orgId} {...field} language={() => traceqlOf(orgId, () => latest.current)} />;
}
