import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { ErasureReport } from '@aegisguard/model';

/** What an erasure's proof is about. */
export interface ErasureFacts {
  readonly id: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly report: ErasureReport;
}

/** Proves reports of erasures: an HMAC-SHA256 under a key drawn from the master key, so that who can write to the database but has not the key cannot make up an erasure or alter what it found. */
export class ErasureProof {
  readonly #key: Uint8Array;

  constructor(masterKey: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), 'aegisguard erasure report v1', 32));
  }

  /** The proof of a finished report. */
  of({ id, orgId, orgName, requestedBy, requestedAt, report }: ErasureFacts): Buffer {
    const steps = report.steps.map((step) => [step.what, step.rowsBefore, step.rowsAfter, step.finishedAt]);
    const times = [requestedAt.toISOString(), report.startedAt, report.finishedAt];
    const text = JSON.stringify([id, orgId, orgName, requestedBy, times, steps]);
    return createHmac('sha256', this.#key).update(text).digest();
  }

  /** Whether the report is the one that was proved. */
  holds(facts: ErasureFacts, proof: Uint8Array): boolean {
    const expected = this.of(facts);
    return proof.length === expected.length && timingSafeEqual(proof, expected);
  }
}
