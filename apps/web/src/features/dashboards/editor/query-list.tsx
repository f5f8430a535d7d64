import type { DashboardPanel, PanelQuery } from '@aegisguard/model';
import { Plus, Sigma } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import type { Suggestion } from './metric-suggestion.ts';
import { emptyQuery, freeRef } from './panel-defaults.ts';
import { QueryFields } from './query-fields.tsx';

/** What a panel asks. */
export function QueryList({
  panel,
  look,
  onChange,
  onSuggest,
}: {
  readonly panel: DashboardPanel;
  readonly look: DashboardLook;
  readonly onChange: (queries: readonly PanelQuery[]) => void;
  /** A metric was chosen: what the panel could be called, and its unit. */
  readonly onSuggest: (suggestion: Suggestion) => void;
}): ReactNode {
  const { queries, type } = panel;
  const add = (language: PanelQuery['language']): void =>
    onChange([...queries, emptyQuery(freeRef(queries), language)]);
  return (
    <div className="flex flex-col gap-3">
      {queries.map((query, index) => (
        <QueryFields
          key={query.ref}
          query={query}
          look={look}
          hasInstant={type !== 'timeseries' && type !== 'heatmap' && type !== 'logs'}
          onEdit={(part) => onChange(queries.with(index, { ...query, ...part }))}
          onRemove={() => onChange(queries.toSpliced(index, 1))}
          onSuggest={onSuggest}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button disabled={queries.length >= 26} onClick={() => add(type === 'logs' ? 'logql' : 'promql')}>
          <Plus aria-hidden />
          Add query
        </Button>
        {queries.length === 0 || type === 'logs' ? null : (
          <Button disabled={queries.length >= 26} onClick={() => add('formula')}>
            <Sigma aria-hidden />
            Add formula
          </Button>
        )}
      </div>
    </div>
  );
}
