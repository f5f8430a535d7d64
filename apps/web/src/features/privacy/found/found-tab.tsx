import type { PrivacyPolicy } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { asApiError } from '../../../lib/api-error.ts';
import { absoluteRange, describeRange, isRelative } from '../../../lib/time-range.ts';
import type { ChangeView } from '../../../lib/use-address-view.ts';
import type { Run } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { kindName } from '../kinds.ts';
import { privacyFindings } from '../privacy-api.ts';
import type { PrivacyView } from '../privacy-view.ts';
import { FindingsChart } from './findings-chart.tsx';
import { type FindingsSummary, kindOrder, summarizeFindings } from './findings-summary.ts';
import { FindingsTable } from './findings-table.tsx';
import { kindColors } from './kind-colors.ts';
import { NothingFound } from './nothing-found.tsx';
import { TruncatedAddresses } from './truncated-addresses.tsx';

interface FoundTabProps {
  readonly orgId: string;
  readonly view: PrivacyView;
  readonly run: Run;
  readonly policy: PrivacyPolicy | undefined;
  readonly change: ChangeView<PrivacyView>;
}

/** What was found in a span of time, where, and what was done with it. */
export function FoundTab(props: FoundTabProps): ReactNode {
  const { orgId, view, run, policy, change } = props;
  const findings = useQuery({
    queryKey: ['privacy', 'findings', run.id],
    queryFn: ({ signal }) => privacyFindings(orgId, run.range, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const { data } = findings;
  const { kind, showsTruncated } = view;
  const summary = useMemo(
    () => data && summarizeFindings(data, { kind, showsTruncated }),
    [data, kind, showsTruncated],
  );
  const isShort = run.range.endMs - run.range.startMs < 86_400_000 && isRelative(view.range);
  return (
    <>
      <ProgressLine active={findings.isFetching} label="Loading" />
      {findings.error !== null ? (
        <ErrorState error={asApiError(findings.error)} onRetry={run.refresh} />
      ) : summary === undefined ? (
        <FoundSkeleton />
      ) : summary.isEmpty ? (
        <NothingFound
          orgId={orgId}
          rangeWords={describeRange(view.range, run.range)}
          policy={policy}
          onWiden={isShort ? () => change({ range: { from: 'now-24h', to: 'now' } }) : undefined}
        />
      ) : (
        <Found {...props} summary={summary} />
      )}
    </>
  );
}

function FoundSkeleton(): ReactNode {
  return (
    <div className="flex flex-col gap-4 p-3">
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-6 w-2/3" />
      <Skeleton className="h-6 w-2/3" />
      <Skeleton className="h-6 w-1/2" />
    </div>
  );
}

function Found({ view, run, change, summary }: FoundTabProps & { readonly summary: FindingsSummary }): ReactNode {
  const { kind } = view;
  const { kinds, truncated } = summary;
  const isTruncatedDrawn = view.showsTruncated || kind === 'ip';
  const totals = useMemo(() => {
    const found = new Map(kinds.map((each) => [each.kind, each.total]));
    if (truncated !== undefined && isTruncatedDrawn) {
      found.set('ip', (found.get('ip') ?? 0) + truncated.total);
    }
    return new Map([...found].toSorted(([a], [b]) => kindOrder(a, b)));
  }, [kinds, truncated, isTruncatedDrawn]);
  const colors = useMemo(() => kindColors([...kinds.map((each) => each.kind), 'ip']), [kinds]);
  const shown = kind === undefined ? kinds : kinds.filter((each) => each.kind === kind);
  const onKind = (chosen: string | undefined): void => change({ kind: chosen });
  return (
    <>
      <FindingsChart
        histogram={summary.histogram}
        totals={totals}
        range={run.range}
        kind={kind}
        colors={colors}
        onKind={onKind}
        onZoom={(startMs, endMs) => change({ range: absoluteRange(startMs, endMs) })}
      />
      <div className="flex flex-col gap-6 p-3 pt-4">
        {kind === undefined ? null : (
          <p className="flex flex-wrap items-center gap-2">
            Only <strong className="min-w-0 break-words">{kindName(kind)}</strong>
            <Button size="sm" onClick={() => onKind(undefined)}>
              <X aria-hidden />
              Show all kinds
            </Button>
          </p>
        )}
        {shown.length > 0 ? (
          <FindingsTable kinds={shown} chosen={kind} colors={colors} onKind={onKind} />
        ) : kind === 'ip' && truncated !== undefined ? null : (
          <p className="text-muted">
            {kind === undefined ? 'Nothing was found but addresses.' : 'Nothing of this kind was found.'}
          </p>
        )}
        {truncated === undefined || (kind !== undefined && kind !== 'ip') ? null : (
          <TruncatedAddresses
            findings={truncated}
            isDrawn={isTruncatedDrawn}
            onDraw={(isDrawn) => change({ showsTruncated: isDrawn, kind: undefined }, true)}
          />
        )}
      </div>
    </>
  );
}
