import type { DashboardContent } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { REFRESH_SECONDS } from '../../../lib/refresh-seconds.ts';
import type { TimeRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { offeredRefresh } from '../dashboard-view.ts';
import { parseTags } from '../parse-tags.ts';

/** How a dashboard is called and found, and which time it opens with. */
export function GeneralTab({
  content,
  shown,
  onEdit,
}: {
  readonly content: DashboardContent;
  /** The time that is looked at. */
  readonly shown: { readonly range: TimeRange; readonly words: string };
  readonly onEdit: (part: Partial<DashboardContent>) => void;
}): ReactNode {
  const [tags, setTags] = useState(content.tags.join(', '));
  const { range, words } = shown;
  const isShown = range.from === content.from && range.to === content.to;
  return (
    <div className="flex flex-col gap-4">
      <Field label="Title">
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={content.title}
            onChange={(event) => onEdit({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Description">
        {(control) => (
          <Textarea
            {...control}
            maxLength={5000}
            value={content.description}
            onChange={(event) => onEdit({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label="Tags" hint="With commas between them.">
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={tags}
            onChange={(event) => {
              setTags(event.target.value);
              onEdit({ tags: parseTags(event.target.value) });
            }}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Opens from" hint="As in now-6h.">
          {(control) => (
            <Input {...control} value={content.from} onChange={(event) => onEdit({ from: event.target.value })} />
          )}
        </Field>
        <Field label="To">
          {(control) => (
            <Input {...control} value={content.to} onChange={(event) => onEdit({ to: event.target.value })} />
          )}
        </Field>
        <Field label="Refreshes itself">
          {(control) => (
            <Select
              {...control}
              value={offeredRefresh(content.refreshSeconds)}
              onChange={(event) => onEdit({ refreshSeconds: Number(event.target.value) })}
            >
              {REFRESH_SECONDS.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {seconds === 0 ? 'Off' : seconds < 60 ? `Every ${seconds} s` : `Every ${seconds / 60} min`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {isShown ? null : (
        <Button size="sm" className="w-fit" onClick={() => onEdit({ from: range.from, to: range.to })}>
          Open with what is shown now: {words}
        </Button>
      )}
    </div>
  );
}
