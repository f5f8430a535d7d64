import type { DashboardPanel } from '@aegisguard/model';
import { TriangleAlert } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { asApiError } from '../../../lib/api-error.ts';
import { useElementSize } from '../../../lib/use-element-size.ts';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { substituteText } from '../variables/substitute.ts';
import type { VariableScope } from '../variables/variable-scope.ts';
import type { PanelAnswers } from './ask-panel.ts';
import type { DashboardLook } from './dashboard-look.ts';
import { usePanelAnswers } from './use-panel-answers.ts';

// Charts come while their answers are on their way; few panels are texts.
const PanelContent = lazy(async () => ({ default: (await import('./panel-content.tsx')).PanelContent }));
const TextPanel = lazy(async () => ({ default: (await import('./text-panel.tsx')).TextPanel }));

const NO_VARIABLES: VariableScope = new Map();

function Problems({ problems }: Pick<PanelAnswers, 'problems'>): ReactNode {
  return (
    <ul role="alert" className="scrollbar-slim max-h-24 shrink-0 overflow-y-auto text-xs">
      {problems.map(({ ref, error }) => (
        <li key={ref} className="flex gap-1.5 py-0.5 text-danger">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 break-words">
            {ref === '' ? '' : `${ref}: `}
            {error.detail ?? error.title}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Notes({ answers }: Pick<PanelAnswers, 'answers'>): ReactNode {
  const notes = [...new Set(answers.flatMap((answer) => answer.notes))];
  return notes.length === 0 ? null : (
    <details className="shrink-0 text-subtle text-xs">
      <summary className="cursor-pointer">
        {notes.length} {notes.length === 1 ? 'note' : 'notes'} on the answer
      </summary>
      <ul className="list-disc pl-4">
        {notes.map((note) => (
          <li key={note} className="break-words">
            {note}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What stands in a panel below its title: asks its queries while it is wanted, and draws what they answer. */
export function PanelBody({
  panel,
  own = NO_VARIABLES,
  look,
  isWanted,
}: {
  readonly panel: DashboardPanel;
  /** Variables that mean something of their own in this panel. */
  readonly own?: VariableScope;
  readonly look: DashboardLook;
  readonly isWanted: boolean;
}): ReactNode {
  const [measure, size] = useElementSize<HTMLDivElement>();
  const { orgId, range } = look;
  const variables = useMemo(
    () => (look.variables === undefined ? undefined : new Map([...look.variables, ...own])),
    [look.variables, own],
  );
  const query = usePanelAnswers({ orgId, panel, variables, range, width: size.width, isWanted });
  const { data, error, isFetching, scope } = query;
  if (panel.type === 'text') {
    return (
      <Suspense fallback={null}>
        <TextPanel text={substituteText(panel.options.text, scope)} />
      </Suspense>
    );
  }
  if (panel.queries.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">No query yet</p>;
  }
  const problems = error === null ? (data?.problems ?? []) : [{ ref: '', error: asApiError(error) }];
  const isEmpty = data === undefined || (data.answers.length === 0 && problems.length > 0);
  return (
    <div className="relative flex h-full min-w-0 flex-col">
      <ProgressLine active={isFetching} label="Loading" />
      {problems.length === 0 ? null : <Problems problems={problems} />}
      <div ref={measure} className="min-h-0 min-w-0 flex-1 overflow-hidden">
        {isEmpty ? (
          problems.length > 0 ? null : (
            <Skeleton className="h-full w-full" />
          )
        ) : (
          <Suspense fallback={<Skeleton className="h-full w-full" />}>
            <PanelContent
              panel={panel}
              title={substituteText(panel.title, scope)}
              answers={data}
              size={size}
              look={look}
            />
          </Suspense>
        )}
      </div>
      {data === undefined ? null : <Notes answers={data.answers} />}
    </div>
  );
}
