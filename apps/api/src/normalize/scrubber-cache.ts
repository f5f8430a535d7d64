import type { OrgId } from '@aegisguard/model';
import { createScrubber, type Scrubber } from '@aegisguard/pipeline';
import { RecentMap } from '../platform/recent-map.ts';
import type { OrgPrivacy } from './privacy-directory.ts';

/** A policy cannot be compiled by this program. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** Organizations whose policies a thread keeps compiled. */
const ORGANIZATIONS_MAX = 200;

/** Scrubbers by organization, compiled once for each version of a policy. */
export class ScrubberCache {
  private readonly compiled = new RecentMap<OrgId, { readonly version: number; readonly scrubber: Scrubber }>(
    ORGANIZATIONS_MAX,
  );

  constructor(private readonly compile: typeof createScrubber = createScrubber) {}

  /** Throws `PolicyError` when the policy cannot be compiled. */
  of(orgId: OrgId, { version, policy, hashKey }: OrgPrivacy): Scrubber {
    const known = this.compiled.get(orgId);
    if (known?.version === version) {
      return known.scrubber;
    }
    try {
      const scrubber = this.compile(policy, hashKey);
      this.compiled.set(orgId, { version, scrubber });
      return scrubber;
    } catch (cause) {
      throw new PolicyError(`the privacy policy of organization ${orgId} cannot be compiled`, { cause });
    }
  }
}
