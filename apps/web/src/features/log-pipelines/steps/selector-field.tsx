import { type ReactNode, useId, useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import type { CodeEditorHandle } from '../../../ui/code-editor/code-editor.tsx';
import { HighlightedQuery } from '../../logs/query/highlighted-query.tsx';
import { QueryField } from '../../logs/query/query-field.tsx';
import { useFormField, useFormScope } from '../form/form-context.ts';
import { lastDay } from './last-day.ts';

/** Where LogQL of labels and line filters is written. */
export function SelectorField({
  path,
  label,
  name = label,
  hint,
}: {
  readonly path: string;
  readonly label: string;
  /** Tells it from others of the page. */
  readonly name?: string;
  readonly hint?: string;
}): ReactNode {
  const { orgId, isReadOnly } = useFormScope();
  const { value, set, problem } = useFormField(path);
  const editor = useRef<CodeEditorHandle>(null);
  const range = useRef<ResolvedRange>(undefined);
  range.current ??= lastDay();
  const id = useId();
  const text = value as string;
  const note = problem ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span aria-hidden className="font-medium text-xs">
        {label}
      </span>
      {isReadOnly ? (
        <section
          aria-label={name}
          className="whitespace-pre-wrap break-words rounded-md border border-line bg-canvas px-2.5 py-[5px] font-mono text-xs leading-5"
        >
          <HighlightedQuery text={text} errorPosition={undefined} />
        </section>
      ) : (
        <QueryField
          ref={editor}
          orgId={orgId}
          range={range.current}
          label={name}
          text={text}
          hint={'{service="checkout"} |= "error"'}
          isInvalid={problem !== undefined}
          describedBy={note === undefined ? undefined : id}
          errorPosition={undefined}
          onChange={set}
          onRun={() => undefined}
        />
      )}
      {note === undefined ? null : (
        <p id={id} className={problem === undefined ? 'text-subtle text-xs' : 'text-danger text-xs'}>
          {note}
        </p>
      )}
    </div>
  );
}
