import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { type ReactNode, type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { EDITOR_LOOK } from './editor-look.ts';

/** A language that the editor knows, made for one editor. */
export interface EditorLanguage {
  readonly extension: Extension;
  /** Lets go of what it holds, when the editor goes. */
  readonly destroy?: () => void;
}

/** Where the cursor is, and what is selected; UTF-16 offsets. */
export interface TextSelection {
  readonly anchor: number;
  readonly head: number;
}

/** What can be done with an editor from outside. */
export interface CodeEditorHandle {
  /** Puts the cursor into it, with everything selected. */
  readonly focus: () => void;
}

/** What the editor must know. */
export interface CodeEditorProps {
  readonly ref?: Ref<CodeEditorHandle>;
  readonly label: string;
  readonly text: string;
  readonly hint: string;
  /** Read once; a `key` of its own makes an editor of another language. */
  readonly language: () => EditorLanguage;
  readonly isInvalid?: boolean;
  /** The id of the element that says what is wrong. */
  readonly describedBy?: string | undefined;
  /** The cursor begins here; without it, it begins elsewhere on the page. Read once. */
  readonly caret?: TextSelection | undefined;
  readonly onChange: (text: string) => void;
  /** Enter was pressed. */
  readonly onRun: () => void;
  /** The field was left. */
  readonly onLeave?: () => void;
}

const ATTRIBUTES = new Compartment();

function attributesOf({ label, isInvalid = false, describedBy }: CodeEditorProps): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-invalid': String(isInvalid),
    // An id of the document is not known in the shadow root, so what it says is read from there.
    ...(describedBy === undefined ? {} : { 'aria-description': document.getElementById(describedBy)?.innerText ?? '' }),
    spellcheck: 'false',
    autocapitalize: 'off',
  });
}

function extensionsOf(events: RefObject<CodeEditorProps>, language: Extension, root: ShadowRoot): Extension[] {
  const { hint } = events.current;
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
    language,
    ATTRIBUTES.of(attributesOf(events.current)),
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
        events.current.onLeave?.();
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
 * A text field for a language, with colours and completion; Enter runs, Shift+Enter breaks the line. It lives in a shadow root: there CodeMirror hands its styles to the browser as constructed style sheets, where in the
 * document it would write a style element, which the content security policy forbids.
 */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { ref, text, label, isInvalid = false, describedBy } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const current = useRef(props);
  useEffect(() => {
    current.current = props;
  });
  useImperativeHandle(ref, () => ({
    focus: () => {
      const editor = view.current;
      editor?.focus();
      editor?.dispatch({ selection: { anchor: 0, head: editor.state.doc.length } });
    },
  }));
  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const language = current.current.language();
    const state = EditorState.create({
      doc: current.current.text,
      extensions: extensionsOf(current, language.extension, root),
    });
    const made = new EditorView({ state, parent: root, root });
    view.current = made;
    const { caret } = current.current;
    if (caret !== undefined) {
      made.dispatch({ selection: caret });
      made.focus();
    }
    // The page's own keys must not hear what is typed; from outside, the target is no text field.
    const keep = (event: KeyboardEvent): void => event.stopPropagation();
    element.addEventListener('keydown', keep);
    return () => {
      element.removeEventListener('keydown', keep);
      view.current = undefined;
      made.destroy();
      language.destroy?.();
    };
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    }
  }, [text]);
  useEffect(() => {
    const attributes = attributesOf({ ...current.current, label, isInvalid, describedBy });
    view.current?.dispatch({ effects: ATTRIBUTES.reconfigure(attributes) });
  }, [label, isInvalid, describedBy]);
  return (
    <div
      ref={host}
      className={classNames(
        'min-w-0 rounded-md border border-line-input bg-canvas focus-within:border-focus focus-within:outline-1 focus-within:outline-focus',
        isInvalid && 'border-danger',
      )}
    />
  );
}
