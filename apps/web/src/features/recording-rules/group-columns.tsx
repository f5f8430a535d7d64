import type { EvaluationState, RuleGroup } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/number-format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import type { DataColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

const HEALTH: Readonly<Record<EvaluationState['health'], { readonly word: string; readonly tone: Tone }>> = {
  ok: { word: 'Works', tone: 'ok' },
  err: { word: 'Fails', tone: 'danger' },
  unknown: { word: 'Not evaluated yet', tone: 'neutral' },
};

function Rules({ rules }: Pick<RuleGroup, 'rules'>): ReactNode {
  const failed = rules.filter(({ state }) => state.health === 'err');
  return (
    <details open={failed.length > 0} className="mt-0.5">
      <summary className="cursor-pointer text-muted text-xs">
        {rules.length === 1 ? 'One rule' : `${rules.length} rules`}
        {failed.length > 0 ? `, ${failed.length} of them ${failed.length === 1 ? 'fails' : 'fail'}` : null}
      </summary>
      <ul className="mt-1 flex flex-col gap-2">
        {rules.map(({ record, expr, labels, state }) => (
          <li key={JSON.stringify([record, labels, expr])} className="min-w-0 text-xs">
            <code className="break-all font-medium">{record}</code>
            {Object.entries(labels).map(([name, value]) => (
              <Badge key={name} className="ml-1">
                {name}={value}
              </Badge>
            ))}
            <pre className="scrollbar-slim mt-0.5 overflow-x-auto whitespace-pre-wrap break-words text-muted">
              {expr}
            </pre>
            {state.lastError === null ? null : <p className="mt-0.5 break-words text-danger">{state.lastError}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function State({ enabled, state }: Pick<RuleGroup, 'enabled' | 'state'>): ReactNode {
  const { word, tone } = HEALTH[state.health];
  return (
    <div className="flex flex-col items-start gap-1">
      {enabled ? <Badge tone={tone}>{word}</Badge> : <Badge>Off</Badge>}
      {state.missed === 0 ? null : (
        <span className="text-subtle text-xs">{formatCount(state.missed)} evaluations were left out</span>
      )}
    </div>
  );
}

/** The columns of the list of groups. */
export const GROUP_COLUMNS: readonly DataColumn<RuleGroup>[] = [
  {
    header: 'Group',
    cell: ({ name, rules }) => (
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        <Rules rules={rules} />
      </div>
    ),
  },
  { header: 'State', cell: (group) => <State {...group} /> },
  { header: 'Every', isNumber: true, cell: ({ intervalSeconds }) => `${formatCount(intervalSeconds)} s` },
  { header: 'Series', isNumber: true, cell: ({ state }) => formatCount(state.samples) },
  {
    header: 'Took',
    isNumber: true,
    cell: ({ state }) => (state.durationMs === null ? '–' : `${formatCount(state.durationMs)} ms`),
  },
  {
    header: 'Evaluated for',
    cell: ({ state }) => (state.lastEvaluatedAt === null ? '–' : <RelativeTime time={state.lastEvaluatedAt} />),
  },
];
