import { quoteText } from '@aegisguard/traceql/syntax';
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import { type DragEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { ApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { ChoiceInput } from '../../../ui/choice-input.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { traceNames } from '../../traces/query/trace-names.ts';
import type { FunnelStep } from '../funnels-view.ts';
import { ConditionField } from './condition-field.tsx';

/** What a dragged step carries: no text, file or other page's item moves a step. */
const DRAG_TYPE = 'application/x-funnel-step';

const SERVICE = 'resource.service.name';

/** What can be done with a step. */
interface StepChanges {
  readonly onChange: (part: Partial<FunnelStep>) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onRemove: () => void;
}

/** What a card must know of its step. */
export interface StepCardProps extends StepChanges {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly step: FunnelStep;
  /** From 0 on. */
  readonly place: number;
  readonly count: number;
  readonly canRemove: boolean;
  /** What is wrong with its query. */
  readonly error: ApiError | undefined;
}

/** The name of a step. */
function NameField({
  label,
  name,
  onChange,
}: {
  readonly label: string;
  readonly name: string;
  readonly onChange: (name: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState({ given: name, text: name });
  if (draft.given !== name) {
    setDraft({ given: name, text: name });
  }
  const take = (): void => {
    if (draft.text !== name) {
      onChange(draft.text);
    }
  };
  return (
    <Input
      aria-label={label}
      placeholder="name, if you like"
      autoComplete="off"
      maxLength={200}
      className="h-7 border-transparent bg-transparent px-1.5 font-medium hover:border-line-input focus:border-line-input"
      value={draft.text}
      onChange={({ target }) => setDraft({ given: name, text: target.value })}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          take();
        }
      }}
    />
  );
}

function CardHead({ place, count, step, canRemove, onChange, onMove, onRemove }: StepCardProps): ReactNode {
  const number = place + 1;
  return (
    <div className="flex items-center gap-1">
      <span
        aria-hidden
        draggable
        title="Drag to move"
        className="cursor-grab text-subtle hover:text-text max-sm:hidden"
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAG_TYPE, String(place));
          event.dataTransfer.effectAllowed = 'move';
        }}
      >
        <GripVertical className="size-4" />
      </span>
      <span className="flex size-5 shrink-0 items-center justify-center rounded-full bg-hover text-2xs tabular-nums">
        {number}
      </span>
      <NameField label={`Name of step ${number}`} name={step.name} onChange={(name) => onChange({ name })} />
      <IconButton
        label={`Move step ${number} up`}
        data-move="up"
        className="size-7"
        disabled={place === 0}
        onClick={() => onMove(place, place - 1)}
      >
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton
        label={`Move step ${number} down`}
        data-move="down"
        className="size-7"
        disabled={place === count - 1}
        onClick={() => onMove(place, place + 1)}
      >
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={`Remove step ${number}`} className="size-7" disabled={!canRemove} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}

/** Which spans are of a step. */
function Filters({ orgId, range, step, place, error, onChange }: StepCardProps): ReactNode {
  const number = place + 1;
  const problemId = useId();
  const names = useMemo(() => traceNames(orgId, () => range), [orgId, range]);
  const { service, operation, query, errorsOnly } = step;
  const ofService = service === '' ? '' : `{ ${SERVICE} = ${quoteText(service)} }`;
  const source = (field: string, among: string) => ({
    key: ['traces', orgId, 'values', field, among],
    ask: async () => (await names.values(field, among)).map(({ value }) => String(value)),
  });
  return (
    <div className="mt-1 flex flex-col gap-1.5">
      <div className="grid gap-1.5 sm:grid-cols-2">
        <ChoiceInput
          label={`Service of step ${number}`}
          placeholder="service"
          value={service}
          source={source(SERVICE, '')}
          onChoose={(chosen) => onChange({ service: chosen.trim() })}
        />
        <ChoiceInput
          label={`Span name of step ${number}`}
          placeholder="span name"
          value={operation}
          source={source('name', ofService)}
          onChoose={(chosen) => onChange({ operation: chosen.trim() })}
        />
      </div>
      <ConditionField
        orgId={orgId}
        range={range}
        label={`TraceQL of step ${number}`}
        query={query}
        isInvalid={error !== undefined}
        describedBy={error === undefined ? undefined : problemId}
        onChange={(text) => onChange({ query: text })}
      />
      {error === undefined ? null : (
        <p id={problemId} role="alert" className="break-words text-danger text-xs">
          {error.detail ?? error.title}
        </p>
      )}
      <Checkbox
        label={<span className="text-xs">Only spans with errors</span>}
        aria-label={`Only spans with errors in step ${number}`}
        checked={errorsOnly}
        onChange={({ target }) => onChange({ errorsOnly: target.checked })}
      />
    </div>
  );
}

function isOfStep({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(DRAG_TYPE);
}

/** A step of the funnel: its name, its place, and which spans are of it. */
export function StepCard(props: StepCardProps): ReactNode {
  const { place, onMove } = props;
  const [isTarget, setTarget] = useState(false);
  const over = (event: DragEvent): void => {
    if (isOfStep(event)) {
      event.preventDefault();
      setTarget(true);
    }
  };
  const drop = (event: DragEvent): void => {
    if (isOfStep(event)) {
      event.preventDefault();
      setTarget(false);
      onMove(Number(event.dataTransfer.getData(DRAG_TYPE)), place);
    }
  };
  return (
    <li
      data-step={place}
      className={classNames('rounded-md border bg-surface p-2', isTarget ? 'border-accent' : 'border-line')}
      onDragOver={over}
      onDragLeave={() => setTarget(false)}
      onDrop={drop}
    >
      <CardHead {...props} />
      <Filters {...props} />
    </li>
  );
}
