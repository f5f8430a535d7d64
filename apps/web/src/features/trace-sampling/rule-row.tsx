import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { RULE_WORDS, type RuleFields } from './sampling-fields.ts';

const MEMBERS = {
  errors: [],
  slow: ['thresholdMs', 'service'],
  rare: ['perDay'],
  share: ['service', 'percent'],
} as const satisfies Readonly<Record<RuleFields['keep'], readonly (keyof RuleFields)[]>>;

const LABELS = {
  thresholdMs: 'From how many milliseconds',
  service: 'Service of the root span',
  perDay: 'At most so many traces a day',
  percent: 'Per cent',
} as const;

/** One rule, with what it needs. */
export function RuleRow({
  rule,
  place,
  count,
  kept,
  problems,
  isReadOnly,
  onChange,
  onMove,
  onRemove,
}: {
  readonly rule: RuleFields;
  /** From 0. */
  readonly place: number;
  readonly count: number;
  /** What the preview says of it. */
  readonly kept: string | undefined;
  readonly problems: ReadonlyMap<string, string>;
  readonly isReadOnly: boolean;
  readonly onChange: (rule: RuleFields) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const name = `rule ${place + 1}`;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-56 flex-col">
        <span className="font-medium">
          {place + 1}. {RULE_WORDS[rule.keep]}
        </span>
        <span className="text-subtle text-xs">{kept ?? ''}</span>
      </div>
      {MEMBERS[rule.keep].map((member) => (
        <Field
          key={member}
          label={LABELS[member]}
          error={problems.get(`rules.${place}.${member}`)}
          {...(rule.keep === 'slow' && member === 'service' ? { hint: 'Empty: of every service' } : {})}
          className="w-48"
        >
          {(control) => (
            <Input
              {...control}
              inputMode={member === 'service' ? 'text' : 'decimal'}
              disabled={isReadOnly}
              value={rule[member]}
              onChange={({ target }) => onChange({ ...rule, [member]: target.value })}
            />
          )}
        </Field>
      ))}
      {isReadOnly ? null : (
        <span className="flex gap-1">
          <IconButton label={`Move ${name} up`} disabled={place === 0} onClick={() => onMove(-1)}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton label={`Move ${name} down`} disabled={place === count - 1} onClick={() => onMove(1)}>
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton label={`Remove ${name}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      )}
    </li>
  );
}
