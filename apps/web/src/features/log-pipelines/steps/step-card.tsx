import { ChevronRight, Copy, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { type StepFields, stepSummary } from '../fields/step-fields.ts';
import { stepForm, stepMembers } from '../fields/step-forms.ts';
import { DragHandle } from '../form/drag-handle.tsx';
import { useFormField, useFormScope } from '../form/form-context.ts';
import { moveActions } from '../form/move-actions.ts';
import { ProblemMark } from '../form/problem-mark.tsx';
import type { HandleProps } from '../form/use-reorder.ts';
import { type DrawSteps, MemberField } from './member-field.tsx';

/** What can be done with a step as a whole. */
export interface StepDeeds {
  readonly onToggle: () => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** A step: what it does in a line, and open its form. */
export function StepCard({
  path,
  index,
  count,
  isOpen,
  isDragged,
  handle,
  deeds,
  steps,
}: {
  readonly path: string;
  readonly index: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
  readonly handle: HandleProps;
  readonly deeds: StepDeeds;
  readonly steps: DrawSteps;
}): ReactNode {
  const { isReadOnly } = useFormScope();
  const { value, problem } = useFormField(path);
  const step = value as StepFields;
  const id = useId();
  const { label, about } = stepForm(step.kind);
  const name = `step ${index + 1}`;
  return (
    <li
      className={classNames('rounded-md border border-line bg-surface', isDragged && 'border-accent shadow-float')}
      aria-label={`Step ${index + 1}: ${label}`}
    >
      <div className="flex items-center gap-1 p-1">
        {isReadOnly ? null : <DragHandle label={`Move ${name}`} {...handle} />}
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded px-1 text-left hover:bg-hover"
          onClick={deeds.onToggle}
        >
          <ChevronRight
            aria-hidden
            className={classNames('size-4 shrink-0 text-subtle transition-transform', isOpen && 'rotate-90')}
          />
          <span className="shrink-0 text-subtle text-xs tabular-nums">{index + 1}</span>
          <span className="shrink-0 font-medium text-sm">{label}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-muted text-xs">
            {isOpen ? '' : stepSummary(step)}
          </span>
        </button>
        <ProblemMark path={path} />
        {isReadOnly ? null : (
          <RowMenu
            label={`Actions for ${name}`}
            actions={[
              ...moveActions(index, count, deeds.onMove),
              { label: 'Duplicate', icon: Copy, onSelect: deeds.onDuplicate },
              { label: 'Remove', icon: Trash2, isDanger: true, onSelect: deeds.onRemove },
            ]}
          />
        )}
      </div>
      {isOpen ? (
        <div id={id} className="flex flex-col gap-3 border-line border-t p-3">
          <p className="text-muted text-xs">{about}</p>
          {stepMembers(step.kind).length === 0 ? null : (
            <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
              {stepMembers(step.kind).map(([member, form]) => (
                <MemberField key={member} member={form} path={`${path}.members.${member}`} steps={steps} />
              ))}
            </div>
          )}
        </div>
      ) : null}
      {problem === undefined ? null : <p className="px-3 pb-2 text-danger text-xs">{problem}</p>}
    </li>
  );
}
