import type { IngestKey } from '@aegisguard/accounts';
import { AegisError, type IngestEnvelope, streamOf } from '@aegisguard/model';
import type { QueueDriver } from '@aegisguard/queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import type { BackPressure } from './back-pressure.ts';
import { newBatchId } from './batch-id.ts';
import { decompress } from './decompress.ts';
import {
  type IdempotencyKeeper,
  identifyRequest,
  type RequestIdentity,
  receiptsOf,
  responseOf,
} from './idempotency.ts';
import type { BodyVerdict, IngestRoute } from './ingest-route.ts';
import type { KeyDirectory } from './key-directory.ts';
import { announce, type RateGate } from './rate-gate.ts';
import { readBody } from './read-body.ts';
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
    const wire = await readBody(request.raw, parts.bodyBytesMax);
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
    const identity = identifyRequest(
      key.orgId,
      route.path,
      single(request.headers['x-idempotency-key']),
      signature,
      wire,
    );
    const replay = (response: string): string => {
      void reply.header('idempotency-replayed', 'true');
      return response;
    };
    const response = await parts.idempotency.once(identity, replay, () =>
      this.take(route, request, key, identity, wire, replay),
    );
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
    identity: RequestIdentity,
    wire: Buffer,
    replay: (response: string) => string,
  ): Promise<string> {
    const { parts } = this;
    checkMediaType(route, request.headers['content-type']);
    const body = await decompress(wire, request.headers['content-encoding'], parts.bodyBytesMax);
    const receivedAtMs = parts.nowMs();
    const retentionDays = route.retentionDays(key.retentionDays);
    const verdict = route.verify(body, { receivedAtMs, retentionDays });
    this.count(route, verdict);
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
    const appended = await parts.queue.append(
      stream,
      { headers: JSON.stringify(envelope), body },
      receiptsOf(identity, response, receivedAtMs),
    );
    if ('existing' in appended) {
      return replay(responseOf(appended.existing, identity));
    }
    parts.metrics.ingestBytes.inc({ signal: route.signal }, body.length);
    return response;
  }

  private count(route: IngestRoute, verdict: BodyVerdict): void {
    const { ingestRecords } = this.parts.metrics;
    for (const { code } of verdict.rejected) {
      ingestRecords.inc({ signal: route.signal, outcome: code });
    }
    ingestRecords.inc({ signal: route.signal, outcome: 'accepted' }, verdict.total - verdict.rejected.length);
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

function checkMediaType(route: IngestRoute, header: string | undefined): void {
  if (header === undefined || header.trim() === '') {
    return;
  }
  const [essence = ''] = header.split(';', 1);
  if (!route.mediaTypes.includes(essence.trim().toLowerCase())) {
    throw new AegisError('unsupported-media-type', { detail: `Send ${route.mediaTypes.join(' or ')}.` });
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
