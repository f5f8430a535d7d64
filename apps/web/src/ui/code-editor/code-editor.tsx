import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { classNames } from '../../lib/class-names.ts';
import { COMPLETION_LIST_STOP } from './completion-list-stop.ts';
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
  /** Enter was pressed; the text as it is now. */
  readonly onRun: (text: string) => void;
  /** The field was left. */
  readonly onLeave?: () => void;
}

const ATTRIBUTES = new Compartment();

/** What an input takes the place of, as the browser sees it: what the editor knows of a selection follows a moment later. */
function replacedBy(view: EditorView): { readonly from: number; readonly to: number } {
  const { root, contentDOM, state } = view;
  // Chromium tells a shadow root's selection there, others tell it of the document.
  const owner = 'getSelection' in root ? (root as Pick<Document, 'getSelection'>) : document;
  const { anchorNode = null, anchorOffset = 0, focusNode = null, focusOffset = 0 } = owner.getSelection() ?? {};
  if (
    anchorNode === null ||
    focusNode === null ||
    !contentDOM.contains(anchorNode) ||
    !contentDOM.contains(focusNode)
  ) {
    return state.selection.main;
  }
  const ends = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)] as const;
  return { from: Math.min(...ends), to: Math.max(...ends) };
}

/** Text over a selection is put in here: browsers give what they put in themselves the style of what it replaces, as style attributes, which the content security policy forbids. */
const REPLACING = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data, inputType } = event;
    if (inputType !== 'insertText' || data === null || view.composing) {
      return false;
    }
    const { from, to } = replacedBy(view);
    if (from === to) {
      return false;
    }
    event.preventDefault();
    const inserted = () =>
      view.state.update({
        changes: { from, to, insert: data },
        selection: { anchor: from + data.length },
        userEvent: 'input.type',
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handler) => handler(view, from, to, data, inserted))) {
      view.dispatch(inserted());
    }
    return true;
  },
});

function attributesOf({ label, isInvalid = false, describedBy }: CodeEditorProps): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-invalid': String(isInvalid),
    // An id of the document is not known in the shadow root, so what it says is read from there.
    ...(describedBy === undefined
      ? {}
      : { 'aria-description': document.getElementById(describedBy)?.textContent ?? '' }),
    spellcheck: 'false',
    autocapitalize: 'off',
  });
}

function extensionsOf(events: RefObject<CodeEditorProps>, language: Extension, root: ShadowRoot): Extension[] {
  const { hint } = events.current;
  const run = ({ state }: EditorView): boolean => {
    events.current.onRun(state.doc.toString());
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
    // A label's name leads to its values.
    autocompletion({ activateOnCompletion: ({ type }) => type === 'property' }),
    COMPLETION_LIST_STOP,
    REPLACING,
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
  // Before anything else can happen: the field that it takes the place of may have had the cursor.
  useLayoutEffect(() => {
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
  // Together with the drawing: a moment later more may have been typed, which the text of this drawing would take away.
  useLayoutEffect(() => {
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
