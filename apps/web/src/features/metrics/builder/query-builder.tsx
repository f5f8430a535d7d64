import { type ReactNode, useState } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceInput } from '../../../ui/choice-input.tsx';
import { labelValues } from '../metrics-api.ts';
import type { BuilderQuery } from './builder-query.ts';
import { AggregationStep, ArithmeticStep, HistogramStep, RangeStep, TopStep } from './builder-steps.tsx';
import { LabelFilters } from './label-filters.tsx';
import { printBuilderQuery } from './print-builder-query.ts';
import { readBuilderQuery } from './read-builder-query.ts';

/** A query by pointing: it writes PromQL, and reads what has the form that it writes. */
export function QueryBuilder({
  orgId,
  range,
  text,
  onChange,
  onCode,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** To the editor. */
  readonly onCode: () => void;
}): ReactNode {
  // A filter that is not finished is no PromQL yet, so the builder knows more than the text.
  const [draft, setDraft] = useState(() => ({ seen: text, written: text, query: readBuilderQuery(text) }));
  if (draft.seen !== text) {
    setDraft({ seen: text, written: text, query: text === draft.written ? draft.query : readBuilderQuery(text) });
  }
  const { query } = draft;
  if (query === undefined) {
    return (
      <div className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-canvas px-2.5 py-1 text-muted text-xs">
        <code className="min-w-0 flex-1 truncate font-mono text-text">{text}</code>
        <span>This query is too free for the builder; it stays as it is.</span>
        <Button size="sm" onClick={onCode}>
          Edit as PromQL
        </Button>
      </div>
    );
  }
  const change = (part: Partial<BuilderQuery>): void => {
    const next = { ...query, ...part };
    const written = printBuilderQuery(next);
    setDraft({ seen: draft.seen, written, query: next });
    if (written !== text) {
      onChange(written);
    }
  };
  const steps = { query, onChange: change };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <ChoiceInput
          label="Metric"
          placeholder="Choose a metric"
          value={query.metric}
          className="w-80 max-w-full"
          source={{
            key: ['metrics', orgId, 'metrics'],
            ask: (signal) => labelValues(orgId, '__name__', undefined, range, signal),
          }}
          onChoose={(metric) => change({ metric })}
        />
        <LabelFilters
          orgId={orgId}
          range={range}
          metric={query.metric}
          filters={query.filters}
          onChange={(filters) => change({ filters })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <RangeStep {...steps} />
        <AggregationStep {...steps} orgId={orgId} range={range} />
        <HistogramStep {...steps} />
        <TopStep {...steps} />
        <ArithmeticStep {...steps} />
      </div>
    </div>
  );
}
