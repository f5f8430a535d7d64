import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { Link } from 'react-router';
import { settingsPath } from '../../../app/paths.ts';
import { organizationQuery } from '../../../lib/organization-api.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { daysWords } from '../../organization/retention-words.ts';
import { DragHandle } from '../form/drag-handle.tsx';
import { useFormField, useFormScope } from '../form/form-context.ts';
import { moveActions } from '../form/move-actions.ts';
import { type HandleProps, useReorder } from '../form/use-reorder.ts';
import { SelectorField } from '../steps/selector-field.tsx';

function RetentionRow({
  index,
  count,
  handle,
  onMove,
  onRemove,
}: {
  readonly index: number;
  readonly count: number;
  readonly handle: HandleProps;
  readonly onMove: (from: number, to: number) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { isReadOnly } = useFormScope();
  const path = `retention.${index}`;
  const days = useFormField(`${path}.days`);
  const number = index + 1;
  return (
    <li className="flex items-start gap-1.5 rounded-lg border border-line bg-surface p-2">
      {isReadOnly ? null : (
        <div className="pt-5">
          <DragHandle label={`Move rule ${number}`} {...handle} />
        </div>
      )}
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-2 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <SelectorField path={`${path}.selector`} label="Logs" name={`Logs of rule ${number}`} />
        <Field label="Days" error={days.problem}>
          {(control) => (
            <Input
              {...control}
              {...days.text()}
              inputMode="numeric"
              autoComplete="off"
              className="tabular-nums"
              placeholder="365"
            />
          )}
        </Field>
      </div>
      {isReadOnly ? null : (
        <div className="pt-5">
          <RowMenu
            label={`Actions for rule ${number}`}
            actions={[
              ...moveActions(index, count, onMove),
              { label: 'Remove', icon: Trash2, isDanger: true, onSelect: onRemove },
            ]}
          />
        </div>
      )}
    </li>
  );
}

/** How long logs are kept: what selectors say, and what is for all others. */
export function RetentionTab(): ReactNode {
  const { form, fields: written, orgId, isReadOnly } = useFormScope();
  const { fields, append, remove, move } = useFieldArray({ control: form.control, name: 'retention' });
  const { list, handle } = useReorder<HTMLOListElement>(fields.length, move);
  const organization = useQuery(organizationQuery(orgId));
  const days = organization.data?.retentionDays.logs;
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-2xl text-muted text-xs">
        The first selector that finds a log, as the rules left it, says how long it is kept. It holds for logs that come
        in from then on; what is stored keeps its days.
      </p>
      {fields.length === 0 ? null : (
        <ol ref={list} aria-label="Rules of retention" className="flex flex-col gap-2">
          {fields.map(({ id }, index) =>
            // A row that was just added is not among the values yet.
            written.retention[index] === undefined ? null : (
              <RetentionRow
                key={id}
                index={index}
                count={fields.length}
                handle={handle(index)}
                onMove={move}
                onRemove={() => remove(index)}
              />
            ),
          )}
        </ol>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line border-dashed px-3 py-2.5">
        <span className="min-w-0 flex-1 basis-60">
          {fields.length === 0 ? 'All logs' : 'All other logs'} are kept{' '}
          {days === undefined ? (
            'as long as the organization’s setting says'
          ) : (
            <strong className="font-semibold">{daysWords(days)}</strong>
          )}
          .
        </span>
        <Link to={settingsPath(orgId, 'organization')} className="text-accent text-xs underline underline-offset-2">
          The organization’s setting
        </Link>
      </div>
      {isReadOnly ? null : (
        <Button className="self-start" onClick={() => append({ selector: '{level="debug"}', days: '' })}>
          <Plus aria-hidden />
          Keep some logs longer, or shorter
        </Button>
      )}
    </div>
  );
}
