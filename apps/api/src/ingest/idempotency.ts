import { createHash } from 'node:crypto';
import { AegisError, type OrgId, type Signal } from '@aegisguard/model';
import type { QueueDriver, Receipt } from '@aegisguard/queue';
import type { IngestAnswer } from './ingest-request.ts';
import { keptAnswer } from './kept-answer.ts';
import { REPLAY_WINDOW_MS, type Signature } from './signature.ts';

const DAY_MS = 24 * 3_600_000;
const KEY_LENGTH_MAX = 255;

/** The names under which one request's answer is kept: the client's key for 24 h, and a v1 signature for as long as it could be replayed. */
export type RequestNames = readonly { readonly key: string; readonly fingerprint: string; readonly ttlMs: number }[];

/** Works out a request's names. Only the digest of a key is kept: clients put personal data into them. */
export function nameRequest(
  orgId: OrgId,
  route: { readonly path: string; readonly signal: Signal },
  idempotencyKey: string | undefined,
  signature: Signature | undefined,
  body: Uint8Array,
): RequestNames {
  const names = [];
  if (idempotencyKey !== undefined) {
    if (idempotencyKey === '' || idempotencyKey.length > KEY_LENGTH_MAX) {
      throw new AegisError('invalid-idempotency-key', {
        detail: `x-idempotency-key must have 1 to ${KEY_LENGTH_MAX} characters.`,
      });
    }
    const fingerprint = createHash('sha256').update(body).digest('base64url');
    const digest = createHash('sha256').update(idempotencyKey).digest('base64url');
    names.push({ key: `${orgId}:${route.path}:key:${digest}`, fingerprint, ttlMs: DAY_MS });
  }
  if (signature?.form === 'v1') {
    const digest = signature.digest.toString('base64url');
    // By signal, not by route: the same bytes are a request to OTLP's path and to its gRPC service, and a replay must not store them through the other.
    // Valid from 5 minutes before its timestamp to 5 minutes after: no replay can come later than that from now.
    names.push({
      key: `${orgId}:${route.signal}:signature:${digest}`,
      fingerprint: digest,
      ttlMs: 2 * REPLAY_WINDOW_MS,
    });
  }
  return names;
}

/** What `once` gives: the answer, and whether it is the first request's, given again. */
export interface OnceAnswer {
  readonly answer: IngestAnswer;
  readonly replayed: boolean;
}

/** Answers repeated requests with the first answer. Within a process a second request is told to wait; across processes the queue's append decides. */
export class IdempotencyKeeper {
  private readonly running = new Set<string>();

  constructor(
    private readonly queue: QueueDriver,
    private readonly nowMs: () => number,
  ) {}

  /**
   * Runs `work` unless the request has an answer already. `work` must append with `receiptsOf` and give `answered` for a receipt that stood in its way. Throws `idempotency-in-progress`
   * while the first request of a name is still running here, `idempotency-mismatch` when the name was used with another body.
   */
  async once(names: RequestNames, work: () => Promise<OnceAnswer>): Promise<OnceAnswer> {
    if (names.some(({ key }) => this.running.has(key))) {
      throw new AegisError('idempotency-in-progress', { retryAfterSeconds: 1 });
    }
    for (const { key } of names) {
      this.running.add(key);
    }
    try {
      for (const { key } of names) {
        const receipt = await this.queue.findReceipt(key);
        if (receipt !== undefined) {
          return await this.answered(receipt, names);
        }
      }
      return await work();
    } finally {
      for (const { key } of names) {
        this.running.delete(key);
      }
    }
  }

  /** The kept answer, if it was given to the same body. It is kept under the request's other names, too: a replay may come without its idempotency key, which is not signed. */
  async answered(receipt: Receipt, names: RequestNames): Promise<OnceAnswer> {
    const { fingerprint, response } = receipt;
    if (names.find(({ key }) => key === receipt.key)?.fingerprint !== fingerprint) {
      throw new AegisError('idempotency-mismatch', {
        detail: 'This idempotency key was used with another body in the last 24 hours.',
      });
    }
    const others = names.filter(({ key }) => key !== receipt.key);
    if (others.length > 0) {
      await this.queue.remember(this.receiptsOf(others, response));
    }
    return { answer: keptAnswer(response), replayed: true };
  }

  /** Keeps an answer for which nothing is appended. */
  async remember(names: RequestNames, response: string): Promise<void> {
    if (names.length > 0) {
      await this.queue.remember(this.receiptsOf(names, response));
    }
  }

  /** The receipts to append with the message. */
  receiptsOf(names: RequestNames, response: string): Receipt[] {
    const nowMs = this.nowMs();
    return names.map(({ key, fingerprint, ttlMs }) => ({ key, fingerprint, response, expiresAtMs: nowMs + ttlMs }));
  }
}
