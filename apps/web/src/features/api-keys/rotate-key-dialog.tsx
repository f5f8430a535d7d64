import { type ApiKeyView, KEY_ROUTES, type NewApiKeyAnswer } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** How long the old secret goes on working. */
const OVERLAPS = [
  { seconds: 0, label: 'Not at all', hint: 'The secret has leaked. What still uses it stops at once.' },
  { seconds: HOUR_S, label: 'One hour', hint: 'Your deployment takes minutes.' },
  { seconds: DAY_S, label: 'One day', hint: 'A planned change, with time to see that all is well.' },
  { seconds: 7 * DAY_S, label: 'One week', hint: 'Somebody else has to change it, too.' },
  { seconds: 30 * DAY_S, label: '30 days', hint: 'Many places, some of them slow.' },
] as const;

/** Gives a key a new secret. */
export function RotateKeyDialog({
  orgId,
  apiKey,
  onMade,
  onClose,
}: {
  readonly orgId: string;
  readonly apiKey: ApiKeyView;
  readonly onMade: (made: NewApiKeyAnswer) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [overlapSeconds, setOverlap] = useState<number>(DAY_S);
  const rotation = useMutation({
    mutationFn: () => callRoute(KEY_ROUTES.rotateKey, { params: { id: apiKey.id }, body: { overlapSeconds }, orgId }),
    onSuccess: onMade,
  });
  const error = rotation.error === null ? undefined : asApiError(rotation.error);
  return (
    <Dialog
      title={`Rotate “${apiKey.name}”`}
      description="The key gets a new secret, which you see once. Its id, its name and what it may do stay."
      onClose={onClose}
      onSubmit={() => rotation.mutate()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={rotation.isPending}>
            {rotation.isPending ? 'Rotating…' : 'Rotate'}
          </Button>
        </>
      }
    >
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-medium text-xs">The old secret goes on working for</legend>
        {OVERLAPS.map(({ seconds, label, hint }) => (
          <label key={seconds} className="flex cursor-pointer items-start gap-2">
            <input
              type="radio"
              name="overlap"
              className="mt-0.5 size-4 shrink-0 accent-accent"
              data-autofocus={seconds === overlapSeconds ? '' : undefined}
              checked={seconds === overlapSeconds}
              onChange={() => setOverlap(seconds)}
            />
            <span className="min-w-0">
              {label} <span className="block text-subtle text-xs">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
    </Dialog>
  );
}
