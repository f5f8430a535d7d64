import { type ErasureView, ORGANIZATION_ROUTES } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Download, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { accountPath } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { downloadText } from '../../lib/download-text.ts';
import { formatCount } from '../../lib/number-format.ts';
import { formatLocal, timestampMs } from '../../lib/timestamp.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErasureStatus } from './erasure-status.tsx';
import { stepWords } from './step-words.ts';

const POLL_MS = 1000;

function Progress({ erasure: { status, progress } }: { readonly erasure: ErasureView }): ReactNode {
  const percent = Math.round(progress * 100);
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label="Progress of the erasure"
        max={100}
        value={percent}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <span className="w-12 shrink-0 whitespace-nowrap text-right tabular-nums">{percent} %</span>
      <ErasureStatus status={status} />
    </div>
  );
}

function Times({ erasure: { requestedAt, startedAt, finishedAt } }: { readonly erasure: ErasureView }): ReactNode {
  const times = [
    ['Asked for', requestedAt],
    ['Begun', startedAt],
    ['Finished', finishedAt],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {times.map(([label, time]) => (
        <div key={label} className="contents">
          <dt className="text-subtle">{label}</dt>
          <dd className="tabular-nums">{time === null ? 'not yet' : formatLocal(timestampMs(time))}</dd>
        </div>
      ))}
    </dl>
  );
}

function ErasedSteps({ steps }: { readonly steps: ErasureView['steps'] }): ReactNode {
  if (steps.length === 0) {
    return <p className="p-4 text-muted">Nothing yet.</p>;
  }
  const cell = 'px-4 py-1.5';
  return (
    <table className="w-full">
      <caption className="sr-only">What was erased</caption>
      <thead>
        <tr className="border-line border-b text-left text-subtle text-xs">
          <th scope="col" className={`${cell} font-medium`}>
            What
          </th>
          <th scope="col" className={`${cell} text-right font-medium`}>
            Before
          </th>
          <th scope="col" className={`${cell} text-right font-medium`}>
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ what, rowsBefore, rowsAfter }) => (
          <tr key={what} className="border-line border-b last:border-b-0">
            <th scope="row" className={`${cell} break-words text-left font-normal`}>
              {stepWords(what)}
            </th>
            <td className={`${cell} text-right tabular-nums`}>{formatCount(rowsBefore)}</td>
            <td className={`${cell} text-right font-medium tabular-nums`}>{formatCount(rowsAfter)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Proof({ erasure }: { readonly erasure: ErasureView }): ReactNode {
  const { proof } = erasure;
  if (proof === null) {
    return null;
  }
  return (
    <Section
      title="Proof"
      description="A signature of this installation over the report: it shows that nobody has altered the report since. Keep it with the report."
      actions={
        <Button
          onClick={() => downloadText(`erasure-${erasure.id}.json`, `${JSON.stringify(erasure, undefined, 2)}\n`)}
        >
          <Download aria-hidden />
          Download the report
        </Button>
      }
    >
      <div className="flex items-start gap-2">
        <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
        <code className="min-w-0 flex-1 break-all font-mono text-xs leading-5">{proof}</code>
        <CopyButton label="Copy the proof" text={() => proof} />
      </div>
    </Section>
  );
}

/** How the erasure of a deleted organization goes on, and in the end its proof. */
export function ErasurePage(): ReactNode {
  const { id = '' } = useParams();
  const {
    data: erasure,
    error,
    refetch,
  } = useQuery({
    queryKey: ['erasures', id],
    queryFn: ({ signal }) => callRoute(ORGANIZATION_ROUTES.readErasure, { params: { id }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      // What has failed is tried again.
      state.data === undefined || state.data.status === 'done' ? false : POLL_MS,
  });
  if (erasure === undefined) {
    return error === null ? (
      <Skeleton className="h-48 w-full" />
    ) : (
      <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
    );
  }
  return (
    <>
      <Link to={accountPath('erasures')} className="flex w-fit items-center gap-1.5 rounded text-muted hover:text-text">
        <ArrowLeft aria-hidden className="size-4" />
        Deleted organizations
      </Link>
      <Section
        title={`Erasure of ${erasure.organizationName}`}
        description="The organization, its keys and memberships are gone already. Its telemetry is erased step by step; you can leave this page and come back."
        className="flex flex-col gap-4"
      >
        <Progress erasure={erasure} />
        {erasure.status === 'failed' ? (
          <Notice kind="error">
            It could not be finished. It is tried again by itself; if it stays so, ask whoever runs this installation to
            look into its log.
          </Notice>
        ) : null}
        <Times erasure={erasure} />
      </Section>
      <Section title="What was erased" description="Counted before and after." className="p-0">
        <ErasedSteps steps={erasure.steps} />
      </Section>
      <Proof erasure={erasure} />
    </>
  );
}
