import { type IngestKey, isAllowedOrigin } from '@aegisguard/accounts';
import type { BodyForm } from './answer-style.ts';
import { type Claim, single } from './credentials.ts';
import type { IngestRequest } from './ingest-request.ts';
import type { IngestRoute, Reading } from './ingest-route.ts';

/** What pages may read of an answer besides its body. */
const EXPOSED = 'retry-after, ratelimit, ratelimit-policy, idempotency-replayed';

/** A request under way, and what is known of it so far. */
export class IngestExchange {
  /** Undefined when the route does not take the content type. */
  readonly reading: Reading | undefined;
  /** The answer's headers; names in lower case. */
  readonly headers: Record<string, string> = {};
  /** How the body is written, as far as it can be seen; also how the sender is answered. */
  form: BodyForm;
  /** What the request says of its sender, once it was read. */
  claim: Claim | undefined;
  /** The key that was named, verified or not. */
  key: IngestKey | undefined;
  /** Records that would have been accepted, once they were judged. */
  records = 0;
  /** Of the unpacked body. */
  bytes = 0;
  /** Whether the counters have this request already. */
  isCounted = false;

  constructor(
    readonly route: IngestRoute,
    readonly request: IngestRequest,
  ) {
    this.reading = route.read(request.contentType);
    this.form = this.reading?.form ?? route.fallback;
    if (route.crossOrigin) {
      this.allowOrigin();
    }
  }

  get origin(): string | undefined {
    return single(this.request.headers.origin);
  }

  /**
   * Takes the permission to read the answer away from pages that the verified key is not for. Until a key is verified every page may read what went wrong: there is nothing in it that
   * its sender did not know, and a 401 must not tell one key from another.
   */
  settleOrigin(key: IngestKey): void {
    const isFor = key.kind === 'browser' && isAllowedOrigin(key.origins, this.origin ?? '');
    if (!isFor) {
      delete this.headers['access-control-allow-origin'];
    }
  }

  private allowOrigin(): void {
    this.headers.vary = 'Origin';
    // Beacons are sent without asking (no-cors), and would be reported as failed otherwise.
    this.headers['cross-origin-resource-policy'] = 'cross-origin';
    if (this.origin !== undefined) {
      this.headers['access-control-allow-origin'] = this.origin;
      this.headers['access-control-expose-headers'] = EXPOSED;
    }
  }
}
