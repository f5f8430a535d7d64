import { DashboardPanel, type PanelOptions } from '@aegisguard/model';
import { type ReactNode, useDeferredValue, useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import { PanelBody } from '../panels/panel-body.tsx';
import type { ResolvedVariable } from '../variables/resolved-variable.ts';
import { substituteText } from '../variables/substitute.ts';
import { single } from '../variables/variable-scope.ts';
import { OptionsForm } from './options-form.tsx';
import { QueryList } from './query-list.tsx';
import { RepeatField } from './repeat-field.tsx';
import { TypeChoice } from './type-choice.tsx';

interface EditorProps {
  readonly panel: DashboardPanel;
  readonly look: DashboardLook;
  readonly resolved: readonly ResolvedVariable[];
  readonly variableNames: readonly string[];
  readonly onApply: (panel: DashboardPanel) => void;
  readonly onClose: () => void;
}

/** The panel as it will be, with live answers; a repeated one for the first of its values. */
function Preview({ panel, look, resolved }: Pick<EditorProps, 'panel' | 'look' | 'resolved'>): ReactNode {
  const shown = useDeferredValue(panel);
  const first = resolved.find(({ variable }) => variable.name === shown.repeat)?.value.values[0];
  const own = new Map(first === undefined ? [] : [[shown.repeat, single(first)]]);
  const title = substituteText(shown.title, new Map([...(look.variables ?? []), ...own]));
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="flex h-72 shrink-0 flex-col rounded-lg border border-line bg-surface md:h-80"
    >
      <h3 id={id} className="truncate px-3 py-2 font-medium">
        {title === '' ? <span className="text-subtle">Untitled</span> : title}
      </h3>
      <div className="min-h-0 flex-1 px-3 pb-2">
        <PanelBody panel={shown} own={own} look={look} isWanted />
      </div>
    </section>
  );
}

function About({
  panel,
  variableNames,
  onEdit,
}: Pick<EditorProps, 'panel' | 'variableNames'> & {
  readonly onEdit: (part: Partial<DashboardPanel>) => void;
}): ReactNode {
  return (
    <>
      <Field label="Title">
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            autoComplete="off"
            value={panel.title}
            onChange={(event) => onEdit({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Description">
        {(control) => (
          <Textarea
            {...control}
            maxLength={5000}
            rows={2}
            value={panel.description}
            onChange={(event) => onEdit({ description: event.target.value })}
          />
        )}
      </Field>
      <RepeatField value={panel.repeat} names={variableNames} onChange={(repeat) => onEdit({ repeat })} />
    </>
  );
}

/** Everything about one panel: what it asks on the left, below how it looks; how it draws on the right. */
export function PanelEditor({ panel, look, resolved, variableNames, onApply, onClose }: EditorProps): ReactNode {
  const [edited, setEdited] = useState(panel);
  const [fault, setFault] = useState<string>();
  const edit = (part: Partial<DashboardPanel>): void => setEdited((before) => ({ ...before, ...part }));
  const editOptions = (part: Partial<PanelOptions>): void =>
    setEdited((before) => ({ ...before, options: { ...before.options, ...part } }));
  const apply = (): void => {
    const { data, error } = DashboardPanel.safeParse(edited);
    const [issue] = error?.issues ?? [];
    setFault(issue === undefined ? undefined : `${issue.path.join(' › ')}: ${issue.message}`);
    if (data !== undefined) {
      onApply(data);
    }
  };
  return (
    <Sheet label="Edit panel" side="full" isAlert onClose={onClose}>
      <div className="flex h-full flex-col bg-canvas">
        <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-line border-b bg-surface px-4 py-2">
          <h2 className="font-semibold text-base">Edit panel</h2>
          <div className="ml-auto flex gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" onClick={apply}>
              Apply
            </Button>
          </div>
        </header>
        {fault === undefined ? null : (
          <Notice kind="error" className="m-3 mb-0">
            {fault}
          </Notice>
        )}
        <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto md:grid md:grid-cols-[minmax(0,1fr)_20rem] md:overflow-hidden">
          <div className="scrollbar-slim flex min-w-0 flex-col gap-3 p-3 md:overflow-y-auto">
            <Preview panel={edited} look={look} resolved={resolved} />
            {edited.type === 'text' ? (
              <Field label="Text" hint="Markdown; variables as $name.">
                {(control) => (
                  <Textarea
                    {...control}
                    data-autofocus=""
                    rows={10}
                    maxLength={50_000}
                    className="font-mono text-xs"
                    value={edited.options.text}
                    onChange={(event) => editOptions({ text: event.target.value })}
                  />
                )}
              </Field>
            ) : (
              <QueryList
                panel={edited}
                look={look}
                onChange={(queries) => edit({ queries: [...queries] })}
                onSuggest={({ title, unit }) => {
                  edit({
                    ...(edited.title === '' ? { title } : {}),
                    ...(edited.options.unit === '' ? { options: { ...edited.options, unit } } : {}),
                  });
                }}
              />
            )}
          </div>
          <div className="scrollbar-slim flex flex-col gap-4 border-line bg-surface p-4 max-md:border-t md:overflow-y-auto md:border-l">
            <TypeChoice value={edited.type} onChange={(type) => edit({ type })} />
            <About panel={edited} variableNames={variableNames} onEdit={edit} />
            <OptionsForm type={edited.type} options={edited.options} onEdit={editOptions} />
          </div>
        </div>
      </div>
    </Sheet>
  );
}
