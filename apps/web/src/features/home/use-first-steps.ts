import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/use-may.ts';
import { useMe } from '../../app/use-me.ts';
import { organizationQuery, rolesQuery } from '../../lib/organization-api.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { hasAnyLog } from '../logs/logs-api.ts';
import { policyKey, readPolicy } from '../privacy/privacy-api.ts';
import { type FirstStep, firstSteps, setsRetention } from './first-steps.ts';
import { settingsChangesQuery, waitingQuery } from './home-queries.ts';

const LONGEST_MS = 90 * 86_400_000;
const AHEAD_MS = 86_400_000;
/** How often it is looked whether the first log has come. */
const POLL_MS = 2000;

/** The steps of a new organization that this person may do; undefined while nothing is known of some of them. */
export function useFirstSteps(orgId: string): readonly FirstStep[] | undefined {
  const { isKnown, may } = useMay(orgId);
  const { data: me } = useMe();
  const isOwner = me?.organizations.find(({ id }) => id === orgId)?.role === 'owner';
  const log = useQuery({
    queryKey: ['logs', 'any', orgId],
    queryFn: ({ signal }) => {
      const now = serverNow();
      return hasAnyLog(orgId, { startMs: now - LONGEST_MS, endMs: now + AHEAD_MS }, signal);
    },
    enabled: may('logs:read') && may('keys:write'),
    // "Yes" stays true; "no" is asked again until it is not.
    refetchInterval: (query) => (query.state.data === false ? POLL_MS : false),
    gcTime: 60_000,
  });
  const organization = useQuery({ ...organizationQuery(orgId), enabled: may('organization:read') });
  const waiting = useQuery({ ...waitingQuery(orgId), enabled: may('users:write') && may('users:read') });
  const policy = useQuery({
    queryKey: policyKey(orgId),
    queryFn: ({ signal }) => readPolicy(orgId, signal),
    staleTime: 0,
    enabled: may('organization:read') && may('organization:write'),
  });
  const roles = useQuery({ ...rolesQuery(orgId), enabled: isOwner });
  const changes = useQuery({
    ...settingsChangesQuery(orgId),
    enabled: may('audit:read') && may('organization:write'),
  });
  const isLoading = [log, organization, waiting, policy, roles, changes].some((query) => query.isLoading);
  if (!isKnown || isLoading) {
    return undefined;
  }
  return firstSteps({
    hasLog: log.data,
    memberCount: organization.data?.memberCount,
    waitingInvitations: waiting.data?.items.length,
    // Who came in through an identity provider has their second factor there.
    mfaEnabled: me?.session.onlyOrganization === null ? me.mfaEnabled : undefined,
    policyVersion: policy.data?.version,
    ownerCount: roles.data?.find(({ id }) => id === 'owner')?.memberCount,
    hasSetRetention: changes.data === undefined ? undefined : setsRetention(changes.data.items),
  });
}
