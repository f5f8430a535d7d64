import { type ReactNode, useRef } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import type { CodeEditorHandle } from '../../../ui/code-editor/code-editor.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { QueryField } from '../../logs/query/query-field.tsx';
import { lastDay } from '../steps/last-day.ts';
import { PREVIEW_LIMITS, PREVIEW_SOURCES, type PreviewSource } from './preview-source.ts';

const KINDS = Object.keys(PREVIEW_SOURCES) as PreviewSource['kind'][];

/** Where it is said which logs rules are tried on. */
export function SourceFields({
  orgId,
  source,
  onChange,
}: {
  readonly orgId: string;
  readonly source: PreviewSource;
  readonly onChange: (source: PreviewSource) => void;
}): ReactNode {
  const editor = useRef<CodeEditorHandle>(null);
  const range = useRef<ResolvedRange>(undefined);
  range.current ??= lastDay();
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[minmax(0,1fr)_5rem] gap-2">
        <Field label="Tried on">
          {(control) => (
            <Select
              {...control}
              value={source.kind}
              onChange={({ target }) =>
                onChange({ ...source, kind: KINDS.find((kind) => kind === target.value) ?? 'all' })
              }
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {PREVIEW_SOURCES[kind]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {source.kind === 'lines' ? null : (
          <Field label="At most">
            {(control) => (
              <Select
                {...control}
                value={source.limit}
                onChange={({ target }) => onChange({ ...source, limit: Number(target.value) })}
              >
                {PREVIEW_LIMITS.map((limit) => (
                  <option key={limit}>{limit}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {source.kind === 'query' ? (
        <QueryField
          ref={editor}
          orgId={orgId}
          range={range.current}
          label="Query of the preview"
          text={source.query}
          hint={'{service="checkout"}'}
          errorPosition={undefined}
          onChange={(query) => onChange({ ...source, query })}
          onRun={(query) => onChange({ ...source, query })}
        />
      ) : null}
      {source.kind === 'lines' ? (
        <Field label="Lines" hint="Each line is a log. They are read as incoming ones are, and not kept.">
          {(control) => (
            <Textarea
              {...control}
              value={source.lines}
              spellCheck={false}
              className="max-h-48 font-mono text-xs leading-5"
              placeholder={'level=info order=4711 took 12ms'}
              onChange={({ target }) => onChange({ ...source, lines: target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
