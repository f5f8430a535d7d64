import type { PanelQuery } from '@aegisguard/model';
import { Code, ListTree } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { QueryTextField } from '../../metrics/query/query-text-field.tsx';
import { DURATION_VARIABLES } from '../../metrics/query/query-variables.ts';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import { referencedNames } from '../variables/substitute.ts';
import { MetricPicker } from './metric-picker.tsx';
import type { Suggestion } from './metric-suggestion.ts';

const QueryBuilder = lazy(async () => ({
  default: (await import('../../metrics/builder/query-builder.tsx')).QueryBuilder,
}));

interface InputProps {
  readonly query: PanelQuery;
  readonly look: DashboardLook;
  readonly onEdit: (part: Partial<PanelQuery>) => void;
  readonly onSuggest: (suggestion: Suggestion) => void;
}

/** True for a query that is PromQL only once its variables have values: `rate(x[$window])`. What stands in quotes may be anything. */
function isOpenText(query: string): boolean {
  const names = referencedNames(query.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '""'));
  const known = new Set(DURATION_VARIABLES.map((name) => name.slice(1)));
  return [...names].some((name) => !known.has(name));
}

/** A text without a language's help. It counts when it is left, or by Ctrl+Enter: half a query is none. */
function PlainQuery({ query, onEdit }: Pick<InputProps, 'query' | 'onEdit'>): ReactNode {
  const [draft, setDraft] = useState({ given: query.query, text: query.query });
  if (draft.given !== query.query) {
    setDraft({ given: query.query, text: query.query });
  }
  const take = (): void => {
    if (draft.text !== query.query) {
      onEdit({ query: draft.text });
    }
  };
  return (
    <Field label={query.language === 'logql' ? 'LogQL' : 'PromQL with variables'} hint="Ctrl+Enter asks it.">
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          spellCheck={false}
          placeholder={query.language === 'logql' ? '{service="checkout"} |= "error"' : ''}
          className="min-h-9 font-mono text-xs"
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              take();
            }
          }}
        />
      )}
    </Field>
  );
}

/** A PromQL query by pointing: a metric first, then what becomes of it; or as code. */
function MetricQuery({ query, look, onEdit, onSuggest }: InputProps): ReactNode {
  const { orgId, range } = look;
  const [isCode, setCode] = useState(false);
  if (query.query === '' && !isCode) {
    return (
      <div className="flex flex-col gap-2">
        <MetricPicker
          orgId={orgId}
          range={range}
          onChoose={(suggestion) => {
            onEdit(suggestion.query);
            onSuggest(suggestion);
          }}
        />
        <Button size="sm" className="w-fit" onClick={() => setCode(true)}>
          <Code aria-hidden />
          Write PromQL instead
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      {isCode ? (
        <QueryTextField
          orgId={orgId}
          range={range}
          label={`PromQL of query ${query.ref}`}
          hint="sum by (service) (rate(http_requests_total[$__rate_interval]))"
          text={query.query}
          onTake={(text) => onEdit({ query: text })}
        />
      ) : (
        <Suspense fallback={<Skeleton className="h-16 w-full" />}>
          <QueryBuilder
            orgId={orgId}
            range={range}
            text={query.query}
            onChange={(text) => onEdit({ query: text })}
            onCode={() => setCode(true)}
          />
        </Suspense>
      )}
      <div className="flex gap-2">
        <Button size="sm" aria-pressed={isCode} variant="ghost" onClick={() => setCode(!isCode)}>
          <Code aria-hidden />
          PromQL
        </Button>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            setCode(false);
            onEdit({ query: '', legend: '' });
          }}
        >
          <ListTree aria-hidden />
          Another metric
        </Button>
      </div>
    </div>
  );
}

/** Where a panel's query is made, as its language wants it. */
export function QueryInput(props: InputProps): ReactNode {
  const { query, look, onEdit } = props;
  if (query.language === 'formula') {
    return (
      <QueryTextField
        orgId={look.orgId}
        range={look.range}
        label={`Formula ${query.ref}`}
        hint="A / B * 100"
        text={query.query}
        onTake={(text) => onEdit({ query: text })}
      />
    );
  }
  return query.language === 'logql' || isOpenText(query.query) ? (
    <PlainQuery query={query} onEdit={onEdit} />
  ) : (
    <MetricQuery {...props} />
  );
}
