import { type ComponentType, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CodeEditorHandle, CodeEditorProps, TextSelection } from './code-editor.tsx';
import { PlainCodeField, type PlainCodeHandle } from './plain-code-field.tsx';

/** What an editor of a language is given; `Language` is what it must know besides. */
type EditorProps<Language> = Language & Omit<CodeEditorProps, 'language' | 'onLeave'>;

interface Loaded<Language> {
  readonly Editor: ComponentType<EditorProps<Language>>;
  /** Where the cursor was in the plain field, if it was there. */
  readonly caret: TextSelection | undefined;
}

/** Loads the editor, and gives it the plain field's cursor. Without a connection the plain field stays, which works. */
function useEditor<Language>(
  load: () => Promise<ComponentType<EditorProps<Language>>>,
  plain: { readonly current: PlainCodeHandle | null },
): Loaded<Language> | undefined {
  const [loaded, setLoaded] = useState<Loaded<Language>>();
  useEffect(() => {
    let isGone = false;
    const take = (Editor: ComponentType<EditorProps<Language>>): void => {
      const field = plain.current?.element();
      const isIn = field != null && document.activeElement === field;
      if (!isGone) {
        // At once: what is typed meanwhile would move the cursor on.
        flushSync(() =>
          setLoaded({ Editor, caret: isIn ? { anchor: field.selectionStart, head: field.selectionEnd } : undefined }),
        );
      }
    };
    void load().then(take, () => undefined);
    return () => {
      isGone = true;
    };
  }, [load, plain]);
  return loaded;
}

/** Where a query is written: a plain field in colours at once, the editor when its code is there. */
export function LazyCodeField<Language extends object>({
  ref,
  load,
  language,
  children,
  ...props
}: Omit<CodeEditorProps, 'ref' | 'caret' | 'language' | 'onLeave'> & {
  readonly ref: Ref<CodeEditorHandle>;
  /** Must stay the same function. */
  readonly load: () => Promise<ComponentType<EditorProps<Language>>>;
  readonly language: Language;
  /** The text in colours, as the plain field shows it. */
  readonly children: ReactNode;
}): ReactNode {
  const plain = useRef<PlainCodeHandle>(null);
  const editor = useRef<CodeEditorHandle>(null);
  const loaded = useEditor(load, plain);
  useImperativeHandle(ref, () => ({ focus: () => (editor.current ?? plain.current)?.focus() }));
  if (loaded === undefined) {
    return (
      <PlainCodeField ref={plain} {...props}>
        {children}
      </PlainCodeField>
    );
  }
  const { Editor, caret } = loaded;
  return <Editor {...language} {...props} ref={editor} caret={caret} />;
}
