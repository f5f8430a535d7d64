import { type Diagnostic, linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { CodeEditor, type CodeEditorProps, type EditorLanguage } from '../../../ui/code-editor/code-editor.tsx';
import { tokenColors } from '../../../ui/code-editor/token-colors.ts';
import { logNames } from './log-names.ts';
import { coloredLogQl } from './logql-colors.ts';
import { logqlCompletions } from './logql-completions.ts';
import { logqlProblem } from './logql-problem.ts';

/** What the editor must know. */
export interface LogqlEditorProps extends Omit<CodeEditorProps, 'language' | 'onLeave'> {
  readonly orgId: string;
  readonly range: ResolvedRange;
}

/** It is looked for problems when typing has rested so long. */
const LINT_DELAY_MS = 400;

function diagnostics(view: EditorView): readonly Diagnostic[] {
  const problem = logqlProblem(view.state.doc.toString());
  return problem === undefined ? [] : [{ ...problem, severity: 'error' }];
}

function logqlOf(orgId: string, range: () => ResolvedRange): EditorLanguage {
  const data = {
    autocomplete: logqlCompletions(logNames(orgId, range)),
    closeBrackets: { brackets: ['(', '[', '{', '"', '`'] },
    commentTokens: { line: '#' },
  };
  return {
    extension: [
      EditorState.languageData.of(() => [data]),
      tokenColors(coloredLogQl),
      linter(diagnostics, { delay: LINT_DELAY_MS }),
    ],
  };
}

/** A LogQL editor that completes with the organization's labels and values, and underlines what is wrong while one types. */
export function LogqlEditor({ orgId, range, ...field }: LogqlEditorProps): ReactNode {
  const latest = useRef(range);
  useEffect(() => {
    latest.current = range;
  });
  return <CodeEditor key={orgId} {...field} language={() => logqlOf(orgId, () => latest.current)} />;
}
