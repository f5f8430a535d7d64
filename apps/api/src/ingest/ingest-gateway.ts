import type { IngestKey } from '@aegisguard/accounts';
import { AegisError, type IngestEnvelope, streamOf } from '@aegisguard/model';
import type { QueueDriver } from '@aegisguard/queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import type { BackPressure } from './back-pressure.ts';
import { newBatchId } from './batch-id.ts';
import type { BodyBudget } from './body-budget.ts';
import { decompress } from './decompress.ts';
import { type IdempotencyKeeper, nameRequest, type OnceAnswer, type RequestNames } from './idempotency.ts';
import type { BodyVerdict, IngestRoute } from './ingest-route.ts';
import type { KeyDirectory } from './key-directory.ts';
import { mediaTypeOf } from './media-type.ts';
import { announce, type RateGate } from './rate-gate.ts';
import { withBody } from './read-body.ts';
import { isSignedBy, parseSignature, type Signature } from './signature.ts';

/** How many refused records an answer describes (contract §3). */
const ERRORS_SHOWN_MAX = 20;

/** The answer to an accepted batch. */
interface Receipt202 {
  readonly accepted: number;
  readonly rejected: number;
  readonly ingestId: string;
  readonly errors?: readonly { readonly index: number; readonly path: string; readonly message: string }[];
}

/** What the gateway works with. */
export interface IngestGatewayParts {
  readonly keys: KeyDirectory;
  readonly rates: RateGate;
  readonly idempotency: IdempotencyKeeper;
  readonly backPressure: BackPressure;
  readonly queue: QueueDriver;
  readonly bodies: BodyBudget;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
  readonly bodyBytesMax: number;
  readonly nowMs: () => number;
}

/**
 * The common path of every ingest route, in the order of contract §3: address limit → key → organization limit → body size → signature → replay window → idempotency →
 * decompression → schema → queue → answer. The answer leaves only when the queue has the batch durably.
 */
export class IngestGateway {
  constructor(private readonly parts: IngestGatewayParts) {}

  async handle(route: IngestRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { parts } = this;
    await parts.rates.admitAddress(request.ip, reply);
    const key = await parts.keys.find(single(request.headers['x-org-key']) ?? '');
    const limit = key && (await parts.rates.admitOrganization(key.orgId, key.ratePerMin, reply));
    const { response, replayed } = await withBody(request.raw, parts.bodyBytesMax, parts.bodies, (wire) => {
      const signature = this.authenticate(request, wire, key);
      if (key === undefined || signature === undefined) {
        throw new AegisError('unauthorized', { detail: 'The key or the signature is not valid.' });
      }
      if (limit !== undefined) {
        announce(reply, 'org', limit);
      }
      if (!key.scopes.includes(route.scope)) {
        throw new AegisError('forbidden', { detail: `This key lacks the scope ${route.scope}.` });
      }
      const names = nameRequest(key.orgId, route.path, single(request.headers['x-idempotency-key']), signature, wire);
      return parts.idempotency.once(names, () => this.take(route, request, key, names, wire));
    });
    if (replayed) {
      void reply.header('idempotency-replayed', 'true');
    }
    void reply.code(202).header('content-type', 'application/json; charset=utf-8').send(response);
  }

  /** The signature, if it is right for the key. An unknown key costs the same as a wrong signature. */
  private authenticate(request: FastifyRequest, wire: Buffer, key: IngestKey | undefined): Signature | undefined {
    const signature = parseSignature(request.headers, this.parts.nowMs());
    if (signature === undefined) {
      return undefined;
    }
    const signed = isSignedBy(signature, wire, key?.secrets ?? [this.parts.keys.decoySecret]);
    const formAllowed = signature.form === 'v1' || key?.requireTimestamp !== true;
    return signed && formAllowed ? signature : undefined;
  }

  /** Reads, judges and queues a batch that was not seen before. */
  private async take(
    route: IngestRoute,
    request: FastifyRequest,
    key: IngestKey,
    names: RequestNames,
    wire: Buffer,
  ): Promise<OnceAnswer> {
    const { parts } = this;
    checkMediaType(route, mediaTypeOf(request));
    const body = await decompress(wire, request.headers['content-encoding'], parts.bodyBytesMax);
    const receivedAtMs = parts.nowMs();
    const retentionDays = route.retentionDays(key.retentionDays);
    const verdict = route.verify(body, { receivedAtMs, retentionDays });
    this.countRefused(route, verdict);
    if (verdict.total > 0 && verdict.rejected.length === verdict.total) {
      throw allRefused(verdict);
    }
    const stream = streamOf(route.signal);
    await parts.backPressure.admit(stream);
    const batchId = newBatchId(receivedAtMs);
    const envelope: IngestEnvelope = {
      v: 1,
      orgId: key.orgId,
      signal: route.signal,
      format: route.format,
      batchId,
      keyId: key.keyId,
      receivedAtMs,
      retentionDays,
      accepted: verdict.total - verdict.rejected.length,
      rejected: verdict.rejected.map(({ index }) => index),
      clientAddress: request.ip,
    };
    const response = JSON.stringify(answerOf(verdict, batchId));
    const message = { headers: JSON.stringify(envelope), body };
    const appended = await parts.queue.append(stream, message, parts.idempotency.receiptsOf(names, response));
    if ('existing' in appended) {
      return parts.idempotency.answered(appended.existing, names);
    }
    parts.metrics.ingestBytes.inc({ signal: route.signal }, body.length);
    parts.metrics.ingestRecords.inc({ signal: route.signal, outcome: 'accepted' }, envelope.accepted);
    return { response, replayed: false };
  }

  private countRefused(route: IngestRoute, verdict: BodyVerdict): void {
    for (const { code } of verdict.rejected) {
      this.parts.metrics.ingestRecords.inc({ signal: route.signal, outcome: code });
    }
  }
}

function answerOf(verdict: BodyVerdict, ingestId: string): Receipt202 {
  const rejected = verdict.rejected.length;
  const answer = { accepted: verdict.total - rejected, rejected, ingestId };
  return rejected === 0 ? answer : { ...answer, errors: shownErrors(verdict) };
}

function allRefused(verdict: BodyVerdict): AegisError {
  return new AegisError('invalid-body', {
    detail: 'None of the records could be accepted.',
    members: { accepted: 0, rejected: verdict.rejected.length, errors: shownErrors(verdict) },
  });
}

function shownErrors(verdict: BodyVerdict) {
  return verdict.rejected.slice(0, ERRORS_SHOWN_MAX).map(({ index, path, message }) => ({ index, path, message }));
}

function checkMediaType(route: IngestRoute, mediaType: string): void {
  if (mediaType !== '' && !route.mediaTypes.includes(mediaType)) {
    throw new AegisError('unsupported-media-type', { detail: `Send ${route.mediaTypes.join(' or ')}.` });
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
