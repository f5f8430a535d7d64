import { ChevronRight, Copy, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { HighlightedQuery } from '../../logs/query/highlighted-query.tsx';
import type { RuleFields } from '../fields/pipeline-fields.ts';
import { stepForm } from '../fields/step-forms.ts';
import { DragHandle } from '../form/drag-handle.tsx';
import { useFormField, useFormScope } from '../form/form-context.ts';
import { moveActions } from '../form/move-actions.ts';
import { ProblemMark } from '../form/problem-mark.tsx';
import type { HandleProps } from '../form/use-reorder.ts';
import { RuleEditor } from './rule-editor.tsx';

/** What can be done with a rule as a whole. */
export interface RuleDeeds {
  readonly onToggle: () => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onDuplicate: () => void;
  readonly onDelete: () => void;
}

/** `Parse JSON, Drop`. */
function stepsWords({ steps }: RuleFields): string {
  return steps.map(({ kind }) => stepForm(kind).label).join(', ');
}

/** A rule: which logs it is for and what it does, and open the form of both. */
export function RuleCard({
  index,
  count,
  isOpen,
  isDragged,
  handle,
  deeds,
}: {
  readonly index: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
  readonly handle: HandleProps;
  readonly deeds: RuleDeeds;
}): ReactNode {
  const { isReadOnly } = useFormScope();
  const path = `rules.${index}`;
  const rule = useFormField(path).value as RuleFields;
  const enabled = useFormField(`${path}.enabled`);
  const id = useId();
  const name = rule.name.trim() === '' ? `Rule ${index + 1}` : rule.name;
  return (
    <li
      aria-label={name}
      className={classNames('rounded-lg border border-line bg-surface', isDragged && 'border-accent shadow-float')}
    >
      <div className="flex items-center gap-1.5 py-1.5 pr-1.5 pl-1">
        {isReadOnly ? null : <DragHandle label={`Move ${name}`} {...handle} />}
        <Switch
          {...enabled.choice()}
          label={<span className="sr-only">{`${name} is on`}</span>}
          className={isReadOnly ? 'pl-2' : ''}
        />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          className="flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded px-1 text-left hover:bg-hover"
          onClick={deeds.onToggle}
        >
          <ChevronRight
            aria-hidden
            className={classNames('size-4 shrink-0 text-subtle transition-transform', isOpen && 'rotate-90')}
          />
          <span className={classNames('flex min-w-0 flex-1 flex-col', !rule.enabled && 'opacity-70')}>
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="truncate font-medium">{name}</span>
              {rule.enabled ? null : <span className="text-subtle text-xs">off</span>}
            </span>
            <span className="flex min-w-0 gap-x-3 text-muted text-xs max-sm:flex-col">
              <code className="truncate font-mono">
                <HighlightedQuery text={rule.selector} errorPosition={undefined} />
              </code>
              <span className="min-w-0 truncate">{stepsWords(rule)}</span>
            </span>
          </span>
        </button>
        <ProblemMark path={path} />
        {isReadOnly ? null : (
          <RowMenu
            label={`Actions for ${name}`}
            actions={[
              ...moveActions(index, count, deeds.onMove),
              { label: 'Duplicate', icon: Copy, onSelect: deeds.onDuplicate },
              { label: 'Delete…', icon: Trash2, isDanger: true, onSelect: deeds.onDelete },
            ]}
          />
        )}
      </div>
      {isOpen ? (
        <div id={id} className="border-line border-t p-3 sm:p-4">
          <RuleEditor path={path} />
        </div>
      ) : null}
    </li>
  );
}
