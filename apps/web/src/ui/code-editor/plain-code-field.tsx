import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';
import { classNames } from '../../lib/class-names.ts';
import type { CodeEditorProps } from './code-editor.tsx';

/** Both layers must break lines at the same places. */
const LAYER =
  'col-start-1 row-start-1 whitespace-pre-wrap break-words px-2.5 py-[5px] font-mono text-xs leading-5 [tab-size:4]';

/** What can be done with the field. */
export interface PlainCodeHandle {
  readonly focus: () => void;
  readonly element: () => HTMLTextAreaElement | null;
}

/** A text field that shows what is typed in colours: what is there at once, until the editor is. It looks the same. */
export function PlainCodeField({
  ref,
  label,
  text,
  hint,
  isInvalid = false,
  describedBy,
  onChange,
  onRun,
  children,
}: Pick<CodeEditorProps, 'label' | 'text' | 'hint' | 'isInvalid' | 'describedBy' | 'onChange' | 'onRun'> & {
  readonly ref: Ref<PlainCodeHandle>;
  /** The text in colours. */
  readonly children: ReactNode;
}): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => {
      field.current?.focus();
      field.current?.select();
    },
    element: () => field.current,
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onRun(event.currentTarget.value);
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    }
  };
  return (
    <div
      className={classNames(
        'scrollbar-slim grid max-h-48 min-w-0 overflow-y-auto rounded-md border border-line-input bg-canvas focus-within:border-focus focus-within:outline-1 focus-within:outline-focus',
        isInvalid && 'border-danger',
      )}
    >
      <pre aria-hidden className={classNames(LAYER, 'pointer-events-none m-0 text-text')}>
        {children}
      </pre>
      <textarea
        ref={field}
        aria-label={label}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        placeholder={hint}
        value={text}
        rows={1}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className={classNames(
          LAYER,
          'resize-none overflow-hidden bg-transparent text-transparent caret-text outline-none placeholder:text-subtle',
        )}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
