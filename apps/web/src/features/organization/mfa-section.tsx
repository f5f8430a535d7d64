import type { OrganizationView } from '@aegisguard/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { withoutFactorQuery } from '../../lib/organization-api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useUpdateOrganization } from './organization-api.ts';

const NAMES_SHOWN = 8;

/** Who would be locked out until they have one. */
function Lacking({ orgId }: { readonly orgId: string }): ReactNode {
  const { data: people, error } = useQuery(withoutFactorQuery(orgId));
  if (people === undefined) {
    return error === null ? (
      <p className="text-muted">Looking who has none…</p>
    ) : (
      <p className="text-muted">Who has none could not be read: {asApiError(error).title}.</p>
    );
  }
  if (people.length === 0) {
    return <p className="text-muted">Everybody has one.</p>;
  }
  const more = people.length - NAMES_SHOWN;
  return (
    <div>
      <p className="font-medium">
        {people.length === 1 ? 'One person has none' : `${people.length} people have none`}:
      </p>
      <ul aria-label="Without second factor" className="mt-1 text-muted">
        {people.slice(0, NAMES_SHOWN).map(({ id, name, email }) => (
          <li key={id} className="break-words">
            {name} <span className="text-subtle">{email}</span>
          </li>
        ))}
        {more > 0 ? <li>and {more} more</li> : null}
      </ul>
    </div>
  );
}

/** Whether everybody needs a second factor. */
export function MfaSection({
  organization: { id, mfaRequired },
  mayWrite,
  mayReadPeople,
}: {
  readonly organization: OrganizationView;
  readonly mayWrite: boolean;
  readonly mayReadPeople: boolean;
}): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const update = useUpdateOrganization(id);
  const saving = useMutation({
    mutationFn: (required: boolean) => update({ mfaRequired: required }),
    onSuccess: (saved) => {
      setAsking(false);
      announce(
        saved.mfaRequired ? 'Everybody needs a second factor now.' : 'A second factor is not demanded any more.',
      );
    },
  });
  const error = saving.error === null ? undefined : asApiError(saving.error);
  const problem =
    error === undefined ? null : (
      <Notice kind="error">
        {error.title}. {error.detail}
      </Notice>
    );
  return (
    <Section
      title="Second factor"
      description="Who signs in with a password must then also have an authenticator or a passkey; until they do, they see nothing of this organization. Who comes through its identity provider has theirs there."
      className="flex flex-col gap-3"
    >
      <Switch
        label="Everybody needs a second factor"
        checked={mfaRequired}
        disabled={!mayWrite || saving.isPending}
        onChange={(event) => {
          saving.reset();
          if (event.target.checked) {
            setAsking(true);
          } else {
            saving.mutate(false);
          }
        }}
      />
      {mayReadPeople ? <Lacking orgId={id} /> : null}
      {isAsking ? null : problem}
      {isAsking ? (
        <Dialog
          title="Demand a second factor of everybody?"
          description="It holds within seconds. Who has none sees only the page where they set one up."
          onClose={() => setAsking(false)}
          onSubmit={() => saving.mutate(true)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button type="submit" variant="primary" disabled={saving.isPending}>
                {saving.isPending ? 'Saving…' : 'Demand it'}
              </Button>
            </>
          }
        >
          {mayReadPeople ? <Lacking orgId={id} /> : null}
          {problem}
        </Dialog>
      ) : null}
    </Section>
  );
}
