import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import { accountPath, privacyPath, sendDataPath, settingsPath } from '../../app/paths.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { readStored, writeStored } from '../../lib/stored-value.ts';
import { Button } from '../../ui/button.tsx';
import { ChecklistItem } from '../../ui/checklist-item.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { policyKey, readPolicy, replacePolicy } from '../privacy/privacy-api.ts';
import type { StepName } from './first-steps.ts';
import { useFirstSteps } from './use-first-steps.ts';

const ENDED_KEY = 'aegis.first-steps.ended';
const Ended = z.array(z.string());

const TEXTS: Readonly<Record<StepName, { readonly title: string; readonly why: string }>> = {
  log: { title: 'Send a first log', why: 'It is noticed here by itself as soon as it arrives.' },
  'two-factor': {
    title: 'Turn on two-factor authentication',
    why: 'Whoever learns your password then still cannot sign in as you.',
  },
  privacy: {
    title: 'Decide what becomes of personal data',
    why: 'Addresses, card numbers and secrets are taken out of telemetry before it is stored. Look at the defaults, and keep or change them.',
  },
  retention: {
    title: 'Set how long records are kept',
    why: 'Each signal has its own number of days, after which the database deletes it.',
  },
  colleague: { title: 'Invite a colleague', why: 'With a role that says what they may do.' },
  owner: {
    title: 'Make a second owner',
    why: 'If the only owner loses their access, nobody can give it back.',
  },
};

/** Saves the policy as it is: a decision like any other, with its entry in the audit log. */
function KeepPolicy({ orgId }: { readonly orgId: string }): ReactNode {
  const client = useQueryClient();
  const keeping = useMutation({
    mutationFn: async () => {
      const { policy, version } = await readPolicy(orgId);
      return replacePolicy(orgId, { policy, version });
    },
    onSuccess: (saved) => {
      client.setQueryData(policyKey(orgId), saved);
      announce('The privacy policy stays as it is.');
    },
  });
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {keeping.error === null ? null : <Notice kind="error">{asApiError(keeping.error).title}.</Notice>}
      <Button size="sm" disabled={keeping.isPending} onClick={() => keeping.mutate()}>
        {keeping.isPending ? 'Keeping…' : 'Keep the defaults'}
      </Button>
      <Button asChild size="sm" variant="primary">
        <Link to={`${privacyPath(orgId)}?tab=policy`}>Review</Link>
      </Button>
    </div>
  );
}

function StepAction({ name, orgId }: { readonly name: StepName; readonly orgId: string }): ReactNode {
  if (name === 'privacy') {
    return <KeepPolicy orgId={orgId} />;
  }
  const { label, to } = {
    log: { label: 'Send data', to: sendDataPath(orgId) },
    'two-factor': { label: 'Turn on', to: accountPath('security') },
    retention: { label: 'Set days', to: settingsPath(orgId, 'organization') },
    colleague: { label: 'Invite', to: settingsPath(orgId, 'people') },
    owner: { label: 'Choose', to: settingsPath(orgId, 'people') },
  }[name];
  return (
    <Button asChild size="sm" variant={name === 'log' ? 'primary' : 'outline'}>
      <Link to={to}>{label}</Link>
    </Button>
  );
}

function Listening(): ReactNode {
  return (
    <span role="status" className="flex items-center gap-1.5">
      <span aria-hidden className="size-1.5 shrink-0 animate-pulse rounded-full bg-accent" />
      Waiting for it.
    </span>
  );
}

function Steps({ orgId, onEnd }: { readonly orgId: string; readonly onEnd: () => void }): ReactNode {
  const steps = useFirstSteps(orgId);
  const isDone = steps?.every((step) => step.isDone) ?? false;
  useEffect(() => {
    if (isDone) {
      onEnd();
    }
  }, [isDone, onEnd]);
  if (steps === undefined) {
    // Takes about the room that it will need, so that nothing jumps.
    return <Skeleton className="h-96 w-full" />;
  }
  const done = steps.filter((step) => step.isDone).length;
  return (
    <Section
      title="First steps"
      description={`${done} of ${steps.length} done`}
      actions={
        <Button variant="ghost" size="sm" onClick={onEnd}>
          Do not show again
        </Button>
      }
      className="p-0"
    >
      <ol>
        {steps.map(({ name, isDone: isStepDone }) => (
          <ChecklistItem
            key={name}
            title={TEXTS[name].title}
            isDone={isStepDone}
            action={<StepAction name={name} orgId={orgId} />}
          >
            {isStepDone ? undefined : (
              <>
                {TEXTS[name].why}
                {name === 'log' ? <Listening /> : null}
              </>
            )}
          </ChecklistItem>
        ))}
      </ol>
    </Section>
  );
}

/** What a new organization should do, until all of it is done or the person does not want to see it any more; this browser remembers either. */
export function FirstStepsCard({ orgId }: { readonly orgId: string }): ReactNode {
  const [ended, setEnded] = useState(() => readStored(ENDED_KEY, Ended, []));
  const end = useCallback(() => {
    const next = [...new Set([...readStored(ENDED_KEY, Ended, []), orgId])];
    writeStored(ENDED_KEY, next);
    setEnded(next);
  }, [orgId]);
  return ended.includes(orgId) ? null : <Steps orgId={orgId} onEnd={end} />;
}
