import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { EDITOR_LOOK } from './editor-theme.ts';
import { prometheusClient } from './prometheus-client.ts';
import { queryProblem } from './query-problem.ts';

/** What the editor must know. */
export interface PromqlEditorProps {
  readonly orgId: string;
  readonly label: string;
  readonly text: string;
  readonly range: ResolvedRange;
  readonly hint: string;
  readonly onChange: (text: string) => void;
  /** Enter was pressed, or the field was left. */
  readonly onRun: () => void;
}

function diagnostics(view: EditorView): readonly Diagnostic[] {
  const problem = queryProblem(view.state.doc.toString());
  return problem === undefined ? [] : [{ ...problem, severity: 'error' }];
}

function extensionsOf(events: RefObject<PromqlEditorProps>, promql: PromQLExtension, root: ShadowRoot): Extension[] {
  const { label, hint } = events.current;
  const run = (): boolean => {
    events.current.onRun();
    return true;
  };
  const leave = (): boolean => {
    (root.activeElement as HTMLElement | null)?.blur();
    return true;
  };
  return [
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    EditorView.lineWrapping,
    EDITOR_LOOK,
    placeholder(hint),
    promql.asExtension(),
    linter(diagnostics, { delay: 400 }),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
    Prec.high(keymap.of([{ key: 'Mod-Enter', run }])),
    // After the list of completions, which takes Enter itself.
    keymap.of([
      ...completionKeymap,
      { key: 'Enter', run },
      ...closeBracketsKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      { key: 'Escape', run: leave },
    ]),
    EditorView.domEventHandlers({
      blur: () => {
        run();
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        events.current.onChange(update.state.doc.toString());
      }
    }),
  ];
}

/**
 * A PromQL editor that completes with the organization's metrics, labels and values; Enter runs, Shift+Enter breaks the line. It lives in a shadow root: there CodeMirror hands its styles to the browser as constructed
 * style sheets, where in the document it would write a style element, which the content security policy forbids.
 */
export function PromqlEditor(props: PromqlEditorProps): ReactNode {
  const { orgId, text } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const current = useRef(props);
  useEffect(() => {
    current.current = props;
  });
  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const promql = new PromQLExtension()
      .activateLinter(false)
      .setComplete({ remote: prometheusClient(orgId, () => current.current.range), maxMetricsMetadata: 2000 });
    const state = EditorState.create({
      doc: current.current.text,
      extensions: extensionsOf(current, promql, root),
    });
    const made = new EditorView({ state, parent: root, root });
    view.current = made;
    // The page's own keys must not hear what is typed; from outside, the target is no text field.
    const keep = (event: KeyboardEvent): void => event.stopPropagation();
    element.addEventListener('keydown', keep);
    return () => {
      element.removeEventListener('keydown', keep);
      view.current = undefined;
      made.destroy();
      promql.destroy();
    };
  }, [orgId]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    }
  }, [text]);
  return (
    <div
      ref={host}
      className="min-w-0 rounded-md border border-line-input bg-canvas focus-within:border-focus focus-within:outline-1 focus-within:outline-focus"
    />
  );
}
