import type { PanelQuery } from '@aegisguard/model';
import { Eye, EyeOff, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import type { Suggestion } from './metric-suggestion.ts';
import { QueryInput } from './query-input.tsx';

const LANGUAGE_WORDS: Readonly<Record<PanelQuery['language'], string>> = {
  promql: 'Metrics (PromQL)',
  logql: 'Logs (LogQL)',
  formula: 'Formula',
};

/** One query of a panel. */
export function QueryFields({
  query,
  look,
  hasInstant,
  onEdit,
  onRemove,
  onSuggest,
}: {
  readonly query: PanelQuery;
  readonly look: DashboardLook;
  /** Whether the latest value alone is of use for the panel. */
  readonly hasInstant: boolean;
  readonly onEdit: (part: Partial<PanelQuery>) => void;
  readonly onRemove: () => void;
  readonly onSuggest: (suggestion: Suggestion) => void;
}): ReactNode {
  const { ref, language, legend, isHidden, isInstant, minStep } = query;
  return (
    <section aria-label={`Query ${ref}`} className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-3">
      <div className="flex items-center gap-2">
        <span className="flex size-6 items-center justify-center rounded bg-selected font-mono font-semibold text-accent text-xs">
          {ref}
        </span>
        <Select
          aria-label="Language"
          value={language}
          onChange={(event) => onEdit({ language: event.target.value as PanelQuery['language'] })}
        >
          {Object.entries(LANGUAGE_WORDS).map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </Select>
        <span className="ml-auto flex">
          <IconButton
            label={isHidden ? `Show ${ref}` : `Hide ${ref}: only formulas use it`}
            aria-pressed={isHidden}
            onClick={() => onEdit({ isHidden: !isHidden })}
          >
            {isHidden ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </IconButton>
          <IconButton label={`Delete query ${ref}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      </div>
      <QueryInput query={query} look={look} onEdit={onEdit} onSuggest={onSuggest} />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Legend" hint="{{label}} stands for a label’s value." className="min-w-0 flex-1 basis-56">
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              placeholder="All labels"
              value={legend}
              onChange={(event) => onEdit({ legend: event.target.value })}
            />
          )}
        </Field>
        <Field label="Least step" hint="Also by a variable." className="w-36">
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              placeholder="15s"
              value={minStep}
              onChange={(event) => onEdit({ minStep: event.target.value })}
            />
          )}
        </Field>
        {hasInstant && language !== 'logql' ? (
          <Switch
            label="Only the latest value"
            className="pb-6"
            checked={isInstant}
            onChange={(event) => onEdit({ isInstant: event.target.checked })}
          />
        ) : null}
      </div>
    </section>
  );
}
