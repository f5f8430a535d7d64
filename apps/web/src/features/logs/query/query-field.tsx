import { type ComponentType, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CodeEditorHandle, TextSelection } from '../../../ui/code-editor/code-editor.tsx';
import type { LogqlEditorProps } from './logql-editor.tsx';
import { PlainQueryField, type PlainQueryHandle } from './plain-query-field.tsx';

interface Loaded {
  readonly Editor: ComponentType<LogqlEditorProps>;
  /** Where the cursor was in the plain field, if it was there. */
  readonly caret: TextSelection | undefined;
}

/** Loads the editor, and gives it the plain field's cursor. Without a connection the plain field stays, which works. */
function useEditor(plain: { readonly current: PlainQueryHandle | null }): Loaded | undefined {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    let isGone = false;
    const take = ({ LogqlEditor: Editor }: typeof import('./logql-editor.tsx')): void => {
      const field = plain.current?.element();
      const isIn = field != null && document.activeElement === field;
      if (!isGone) {
        // At once: what is typed meanwhile would move the cursor on.
        flushSync(() =>
          setLoaded({ Editor, caret: isIn ? { anchor: field.selectionStart, head: field.selectionEnd } : undefined }),
        );
      }
    };
    void import('./logql-editor.tsx').then(take, () => undefined);
    return () => {
      isGone = true;
    };
  }, [plain]);
  return loaded;
}

/** Where a query is written: a plain field in colours at once, the editor when its code is there. */
export function QueryField({
  ref,
  errorPosition,
  ...props
}: Omit<LogqlEditorProps, 'ref' | 'caret'> & {
  readonly ref: Ref<CodeEditorHandle>;
  /** Where the text is wrong, as the server says. */
  readonly errorPosition: number | undefined;
}): ReactNode {
  const plain = useRef<PlainQueryHandle>(null);
  const editor = useRef<CodeEditorHandle>(null);
  const loaded = useEditor(plain);
  useImperativeHandle(ref, () => ({ focus: () => (editor.current ?? plain.current)?.focus() }));
  if (loaded === undefined) {
    const { orgId: _orgId, range: _range, ...field } = props;
    return <PlainQueryField ref={plain} {...field} errorPosition={errorPosition} />;
  }
  const { Editor, caret } = loaded;
  return <Editor ref={editor} {...props} caret={caret} />;
}
