import { createHash } from 'node:crypto';
import { AegisError, type OrgId } from '@aegisguard/model';
import type { QueueDriver, Receipt } from '@aegisguard/queue';
import { REPLAY_WINDOW_MS, type Signature } from './signature.ts';

const DAY_MS = 24 * 3_600_000;
const KEY_LENGTH_MAX = 255;

/** The names under which one request's answer is kept: the client's key for 24 h, and a v1 signature for as long as it could be replayed. */
export interface RequestIdentity {
  readonly names: readonly { readonly key: string; readonly fingerprint: string; readonly ttlMs: number }[];
}

/** Works out a request's names. Only the digest of a key is kept: clients put personal data into them. */
export function identifyRequest(
  orgId: OrgId,
  route: string,
  idempotencyKey: string | undefined,
  signature: Signature,
  body: Uint8Array,
): RequestIdentity {
  const names = [];
  if (idempotencyKey !== undefined) {
    if (idempotencyKey === '' || idempotencyKey.length > KEY_LENGTH_MAX) {
      throw new AegisError('invalid-idempotency-key', {
        detail: `x-idempotency-key must have 1 to ${KEY_LENGTH_MAX} characters.`,
      });
    }
    const fingerprint = createHash('sha256').update(body).digest('base64url');
    const digest = createHash('sha256').update(idempotencyKey).digest('base64url');
    names.push({ key: `${orgId}:${route}:key:${digest}`, fingerprint, ttlMs: DAY_MS });
  }
  if (signature.form === 'v1') {
    const digest = signature.digest.toString('base64url');
    // Valid from 5 minutes before its timestamp to 5 minutes after: no replay can come later than that from now.
    names.push({ key: `${orgId}:${route}:signature:${digest}`, fingerprint: digest, ttlMs: 2 * REPLAY_WINDOW_MS });
  }
  return { names };
}

/** Answers repeated requests with the first answer. One per process; across processes the queue's append decides. */
export class IdempotencyKeeper {
  private readonly running = new Set<string>();

  constructor(private readonly queue: QueueDriver) {}

  /**
   * Runs `work` unless the request has an answer already. `work` gets the names to keep its answer under. Throws `idempotency-in-progress` while the first request of a
   * name is still running here, `idempotency-mismatch` when the name was used with another body.
   */
  async once<Answer>(
    identity: RequestIdentity,
    replay: (response: string) => Answer,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    for (const { key } of identity.names) {
      if (this.running.has(key)) {
        throw new AegisError('idempotency-in-progress', { retryAfterSeconds: 1 });
      }
    }
    for (const { key } of identity.names) {
      this.running.add(key);
    }
    try {
      const known = await this.find(identity);
      return known === undefined ? await work() : replay(known);
    } finally {
      for (const { key } of identity.names) {
        this.running.delete(key);
      }
    }
  }

  private async find(identity: RequestIdentity): Promise<string | undefined> {
    for (const { key } of identity.names) {
      const receipt = await this.queue.findReceipt(key);
      if (receipt !== undefined) {
        return responseOf(receipt, identity);
      }
    }
    return undefined;
  }
}

/** The kept answer, if the receipt was written for the same body. */
export function responseOf(receipt: Receipt, identity: RequestIdentity): string {
  const name = identity.names.find(({ key }) => key === receipt.key);
  if (name?.fingerprint !== receipt.fingerprint) {
    throw new AegisError('idempotency-mismatch', {
      detail: 'This idempotency key was used with another body in the last 24 hours.',
    });
  }
  return receipt.response;
}

/** The receipts to append with the message. */
export function receiptsOf(identity: RequestIdentity, response: string, nowMs: number): Receipt[] {
  return identity.names.map(({ key, fingerprint, ttlMs }) => ({
    key,
    fingerprint,
    response,
    expiresAtMs: nowMs + ttlMs,
  }));
}
