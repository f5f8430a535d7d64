import type { LimitVerdict, RateLimiter } from '@aegisguard/limits';
import { AegisError, type OrgId } from '@aegisguard/model';
import { addressBucket } from '../platform/address-bucket.ts';

/** Per-minute limits of ingest requests; 0 turns one off. */
export interface RateGateOptions {
  readonly orgPerMin: number;
  readonly ipPerMin: number;
}

/** Token buckets per address and per organization, told in the RateLimit headers (draft-ietf-httpapi-ratelimit-headers). */
export class RateGate {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly options: RateGateOptions,
  ) {}

  async admitAddress(address: string, headers: Record<string, string>): Promise<void> {
    const verdict = await this.limiter.take(`ip:${addressBucket(address)}`, this.options.ipPerMin);
    if (!verdict.allowed) {
      announce(headers, 'ip', verdict);
      throw rateLimited('address', verdict);
    }
  }

  /** The verdict to announce with the answer: a 401 must not show whose bucket was touched. */
  async admitOrganization(
    orgId: OrgId,
    perMinOverride: number | null,
    headers: Record<string, string>,
  ): Promise<LimitVerdict> {
    const verdict = await this.limiter.take(`org:${orgId}`, perMinOverride ?? this.options.orgPerMin);
    if (!verdict.allowed) {
      announce(headers, 'org', verdict);
      throw rateLimited('organization', verdict);
    }
    return verdict;
  }
}

/** Sets the answer's RateLimit headers; a limit that is off is not announced. */
export function announce(headers: Record<string, string>, policy: 'ip' | 'org', verdict: LimitVerdict): void {
  if (verdict.limit > 0) {
    headers['ratelimit-policy'] = `"${policy}";q=${verdict.limit};w=60`;
    headers.ratelimit = `"${policy}";r=${verdict.remaining};t=${verdict.resetSeconds}`;
  }
}

function rateLimited(whose: string, verdict: LimitVerdict): AegisError {
  return new AegisError('rate-limited', {
    detail: `This ${whose} may send ${verdict.limit} requests a minute.`,
    members: { limit: verdict.limit },
    retryAfterSeconds: verdict.retryAfterSeconds,
  });
}
