import { Code, Copy, Eye, EyeOff, Trash2, WandSparkles } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { announceFailure } from '../../../lib/announce-failure.ts';
import { announce } from '../../../lib/announcements.ts';
import { classNames } from '../../../lib/class-names.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { FilterInput } from '../../../ui/filter-input.tsx';
import { RowMenu } from '../../../ui/row-menu.tsx';
import type { QueryOutcome } from '../use-exploration.ts';
import type { ViewQuery } from '../view/metrics-view.ts';
import { QueryTextField } from './query-text-field.tsx';

const QueryBuilder = lazy(async () => ({ default: (await import('../builder/query-builder.tsx')).QueryBuilder }));

/** One query of the page, and what can be done with it. */
export interface QueryRowProps {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly query: ViewQuery;
  readonly outcome: QueryOutcome | undefined;
  readonly isOnly: boolean;
  readonly onChange: (change: Partial<ViewQuery>) => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

async function formatted(text: string): Promise<string | undefined> {
  return (await import('./format-promql.ts')).formatPromql(text);
}

function Messages({ outcome }: { readonly outcome: QueryOutcome | undefined }): ReactNode {
  if (outcome === undefined) {
    return null;
  }
  const { error, warnings, infos } = outcome;
  return (
    <>
      {error === undefined ? null : (
        <p role="alert" className="min-w-0 break-words text-danger text-xs">
          {error.detail ?? error.title}
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="min-w-0 break-words text-warn text-xs">
          {warning}
        </p>
      ))}
      {infos.map((info) => (
        <p key={info} className="min-w-0 break-words text-muted text-xs">
          {info}
        </p>
      ))}
    </>
  );
}

function RefButton({ query, onChange }: Pick<QueryRowProps, 'query' | 'onChange'>): ReactNode {
  const { ref, isHidden } = query;
  const Icon = isHidden ? EyeOff : Eye;
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-pressed={!isHidden}
      aria-label={`Show query ${ref}`}
      className="gap-1 font-mono"
      onClick={() => onChange({ isHidden: !isHidden })}
    >
      {ref}
      <Icon aria-hidden className="size-3.5!" />
    </Button>
  );
}

/** A query, as the builder or as PromQL, with its legend and what the server said of it. */
export function QueryRow(props: QueryRowProps): ReactNode {
  const { orgId, range, query, outcome, isOnly, onChange } = props;
  const { ref, isFormula, text, legend, isHidden } = query;
  const [isCode, setCode] = useState(isFormula);
  const format = async (): Promise<void> => {
    const pretty = await formatted(text);
    if (pretty === undefined) {
      announce('A query must be right to be formatted.');
    } else {
      onChange({ text: pretty });
    }
  };
  return (
    <section
      aria-label={isFormula ? `Formula ${ref}` : `Query ${ref}`}
      className={classNames(
        'grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-1.5 gap-y-1 max-sm:[&>*:nth-child(2)]:order-last max-sm:[&>*:nth-child(2)]:col-span-3 max-sm:[&>*:nth-child(4)]:order-last max-sm:[&>*:nth-child(4)]:col-span-3 max-sm:[&>*:nth-child(3)]:col-start-3',
        isHidden && 'opacity-70',
      )}
    >
      <RefButton query={query} onChange={onChange} />
      {isFormula || isCode ? (
        <QueryTextField
          orgId={orgId}
          range={range}
          label={isFormula ? `Formula ${ref}` : `PromQL of query ${ref}`}
          hint={isFormula ? 'A / B * 100' : 'sum by (service) (rate(http_requests_total[$__rate_interval]))'}
          text={text}
          onTake={(written) => onChange({ text: written })}
        />
      ) : (
        <Suspense fallback={<div className="h-16" />}>
          <QueryBuilder
            orgId={orgId}
            range={range}
            text={text}
            onChange={(written) => onChange({ text: written })}
            onCode={() => setCode(true)}
          />
        </Suspense>
      )}
      <div className="flex items-center gap-1">
        {isFormula ? null : (
          <Button size="sm" variant="ghost" aria-pressed={isCode} onClick={() => setCode(!isCode)}>
            <Code aria-hidden />
            <span className="max-sm:sr-only">PromQL</span>
          </Button>
        )}
        <RowMenu
          label={`Actions for query ${ref}`}
          actions={[
            { label: 'Format', icon: WandSparkles, onSelect: () => announceFailure(format()) },
            { label: 'Duplicate', icon: Copy, onSelect: props.onCopy },
            ...(isOnly ? [] : [{ label: 'Remove', icon: Trash2, onSelect: props.onRemove }]),
          ]}
        />
      </div>
      <div className="col-start-2 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        {text === '' ? null : (
          <FilterInput
            label={`Legend of ${ref}`}
            placeholder="Legend, e.g. {{service}}"
            value={legend}
            className="h-6 w-48 px-2 text-xs"
            onFilter={(written) => onChange({ legend: written ?? '' })}
          />
        )}
        <Messages outcome={outcome} />
      </div>
    </section>
  );
}
