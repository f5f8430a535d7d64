import { AUDIT_ROUTES, type AuditVerifyAnswer } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { docsPath, securityPath } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { formatCount, formatElapsed } from '../../lib/number-format.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';

type Broken = NonNullable<AuditVerifyAnswer['brokenAt']>;

/** What each fault means. */
const PROBLEM_WORDS: Readonly<Record<Broken['problem'], string>> = {
  altered: 'it does not say what was written then',
  missing: 'it was removed',
  'head-altered': 'the seal of the log’s end was changed, so entries after this one may have been cut off',
  'head-missing': 'the seal of the log’s end is gone, so entries after this one may have been cut off',
};

function wholeWords(entries: number): string {
  if (entries === 0) {
    return 'It has no entries yet.';
  }
  return entries === 1
    ? 'Its only entry is as it was written.'
    : `All ${formatCount(entries)} entries are as they were written, and none is missing.`;
}

function faultWords(seq: number, problem: Broken['problem']): string {
  return seq === 0
    ? 'The seal of its end is gone, and every entry with it.'
    : `The first fault is at entry ${formatCount(seq)}: ${PROBLEM_WORDS[problem]}.`;
}

function Hash({ hash }: { readonly hash: string }): ReactNode {
  return (
    <div className="mt-3">
      <p className="text-muted">
        The hash of the last entry. Keep it elsewhere: it proves later that nothing before it was changed.
      </p>
      <p className="mt-1 flex items-center gap-1 rounded-md border border-line bg-canvas py-0.5 pr-1 pl-3">
        <code className="min-w-0 flex-1 break-all font-mono text-xs">{hash}</code>
        <CopyButton label="Copy the hash of the last entry" text={() => hash} />
      </p>
    </div>
  );
}

function Whole({ answer: { entries, elapsedMs, headHash } }: { readonly answer: AuditVerifyAnswer }): ReactNode {
  return (
    <div role="status">
      <p className="flex items-start gap-2">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
        <span>
          <strong className="font-semibold text-ok">The log is whole.</strong> {wholeWords(entries)}{' '}
          <span className="text-subtle">Checked in {formatElapsed(elapsedMs)}.</span>
        </span>
      </p>
      {headHash === null ? null : <Hash hash={headHash} />}
    </div>
  );
}

function NotWhole({
  orgId,
  answer: { entries, elapsedMs },
  brokenAt: { seq, problem },
}: {
  readonly orgId: string;
  readonly answer: AuditVerifyAnswer;
  readonly brokenAt: Broken;
}): ReactNode {
  const link = (number: number, words: string): ReactNode => (
    <Link
      to={`${securityPath(orgId, 'audit')}?seq=${number}`}
      className="whitespace-nowrap text-accent underline underline-offset-2"
    >
      {words}
    </Link>
  );
  return (
    <div role="alert" className="flex items-start gap-2">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div>
        <p>
          <strong className="font-semibold text-danger">The log is not as it was written.</strong>{' '}
          {faultWords(seq, problem)}{' '}
          <span className="text-subtle">
            {formatCount(entries)} entries, checked in {formatElapsed(elapsedMs)}.
          </span>
        </p>
        <p className="mt-1 flex flex-wrap gap-x-4">
          {problem === 'missing' || seq === 0 ? null : link(seq, `See entry ${formatCount(seq)}`)}
          {seq > 1 ? link(seq - 1, `See the one before`) : null}
        </p>
        <p className="mt-1 text-muted">
          Somebody changed the database itself. A security event of severity critical was raised. Compare with an export
          or a hash that you kept.
        </p>
      </div>
    </div>
  );
}

/** Proves that the log is whole, or says where it is not. */
export function VerifySection({ orgId }: { readonly orgId: string }): ReactNode {
  const verification = useMutation({ mutationFn: () => callRoute(AUDIT_ROUTES.verifyAudit, { orgId }) });
  const { data, error, isPending } = verification;
  const failure = error === null ? undefined : asApiError(error);
  return (
    <Section
      title="Is it whole?"
      description={
        <>
          Every entry is sealed together with the one before it, under a key that the database does not have.{' '}
          <Link to={docsPath(orgId, 'audit-log')} className="text-accent underline underline-offset-2">
            How that works
          </Link>
        </>
      }
      actions={
        <Button disabled={isPending} onClick={() => verification.mutate()}>
          <ShieldCheck aria-hidden />
          {isPending ? 'Verifying…' : 'Verify'}
        </Button>
      }
    >
      {failure !== undefined ? (
        <Notice kind="error">
          It could not be verified: {failure.title}. {failure.detail}
        </Notice>
      ) : data === undefined ? undefined : data.brokenAt === null ? (
        <Whole answer={data} />
      ) : (
        <NotWhole orgId={orgId} answer={data} brokenAt={data.brokenAt} />
      )}
    </Section>
  );
}
