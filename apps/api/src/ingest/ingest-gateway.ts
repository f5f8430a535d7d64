import { createHmac } from 'node:crypto';
import type { IngestKey } from '@aegisguard/accounts';
import { AegisError, type IngestEnvelope, streamOf } from '@aegisguard/model';
import type { BatchVerdict } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import type { Logger } from 'pino';
import { newBatchId } from '../platform/batch-id.ts';
import { freeMemory } from '../platform/free-memory.ts';
import type { IngestCounter } from '../platform/ingest-counter.ts';
import type { KeyUse } from '../platform/key-use.ts';
import { CHALLENGE, toAegisError } from '../platform/problem.ts';
import { logProblem } from '../platform/problem-filter.ts';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import type { BackPressure } from './back-pressure.ts';
import type { BodyBudget, BodyLease } from './body-budget.ts';
import { bodyTooLarge } from './body-slab.ts';
import type { BodyVerifier, Verified } from './body-verifier.ts';
import { browserFacts } from './browser-facts.ts';
import { authenticate, authorize, type Claim, maySign, readClaim, single } from './credentials.ts';
import { type IdempotencyKeeper, nameRequest, type OnceAnswer, type RequestNames } from './idempotency.ts';
import { IngestExchange } from './ingest-exchange.ts';
import type { IngestAnswer, IngestRequest } from './ingest-request.ts';
import type { IngestRoute } from './ingest-route.ts';
import { keepAnswer } from './kept-answer.ts';
import type { KeyDirectory } from './key-directory.ts';
import { announce, type RateGate } from './rate-gate.ts';
import type { RefusedKeys } from './refused-keys.ts';
import type { SeriesGates } from './series-gates.ts';
import { unpackBody } from './unpack-body.ts';

/** What the gateway works with. */
export interface IngestGatewayParts {
  readonly keys: KeyDirectory;
  readonly refusedKeys: RefusedKeys;
  readonly keyUse: KeyUse;
  readonly rates: RateGate;
  readonly idempotency: IdempotencyKeeper;
  readonly backPressure: BackPressure;
  readonly seriesGates: SeriesGates;
  readonly verifier: BodyVerifier;
  readonly counter: IngestCounter;
  readonly queue: QueueDriver;
  readonly bodies: BodyBudget;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
  readonly bodyBytesMax: number;
  readonly nowMs: () => number;
}

/** The answer, and for an error what it was, for transports that have their own words for that. */
export interface IngestResult {
  readonly answer: IngestAnswer;
  readonly failure: AegisError | undefined;
}

const NO_BYTES = Buffer.alloc(0);

/**
 * The common path of every ingest route, in the order of contract §3: address limit → key → organization limit → body size → signature → replay window → idempotency →
 * decompression → schema → queue → answer. The answer leaves only when the queue has the batch durably.
 */
export class IngestGateway {
  constructor(private readonly parts: IngestGatewayParts) {}

  /** Serves a request; whatever goes wrong becomes an answer in the protocol's own shape. */
  async handle(route: IngestRoute, request: IngestRequest): Promise<IngestResult> {
    const { bodies, metrics } = this.parts;
    const startedMs = performance.now();
    const exchange = new IngestExchange(route, request);
    const lease = bodies.lease();
    let result: IngestResult;
    try {
      result = { answer: await this.serve(exchange, lease), failure: undefined };
    } catch (thrown) {
      result = this.fail(exchange, thrown);
    } finally {
      lease.release();
    }
    const labels = { signal: route.signal, protocol: exchange.form.protocol };
    metrics.ingestRequests.inc({ ...labels, status: String(result.answer.status) });
    metrics.ingestSeconds.observe(labels, (performance.now() - startedMs) / 1000);
    return result;
  }

  /** Whether pages of an origin may send with a key: what a preflight that names one asks. */
  async isOriginAllowed(keyId: string, allowed: (key: IngestKey) => boolean): Promise<boolean> {
    const key = await this.parts.keys.find(keyId);
    return key !== undefined && key.kind === 'browser' && allowed(key);
  }

  private async serve(exchange: IngestExchange, lease: BodyLease): Promise<IngestAnswer> {
    const { parts } = this;
    const { headers, request, route } = exchange;
    await parts.rates.admitAddress(request.clientAddress, headers);
    const claim = readClaim(request, parts.nowMs());
    exchange.claim = claim;
    exchange.key = await parts.keys.find(claim.keyId);
    const found = exchange.key;
    const limit = found && (await parts.rates.admitOrganization(found.orgId, found.ratePerMin, headers));
    const { key, wire } = await this.readAuthentic(exchange, claim, lease);
    if (limit !== undefined) {
      announce(headers, 'org', limit);
    }
    exchange.settleOrigin(key);
    authorize(key, route.scope, exchange.origin);
    parts.keyUse.note(key.keyId);
    const signature = claim.kind === 'signed' ? claim.signature : undefined;
    const names = nameRequest(key.orgId, route, single(request.headers['x-idempotency-key']), signature, wire);
    const { answer, replayed } = await parts.idempotency.once(names, () =>
      this.take(exchange, key, names, wire, lease),
    );
    const replay = replayed ? { 'idempotency-replayed': 'true' } : {};
    return { ...answer, headers: { ...answer.headers, ...headers, ...replay } };
  }

  /** The body and the key, which is who it says. Only a signature needs the body for that; the others are checked before it is read. */
  private async readAuthentic(
    { key, request }: IngestExchange,
    claim: Claim,
    lease: BodyLease,
  ): Promise<{ key: IngestKey; wire: Buffer }> {
    const { bodyBytesMax } = this.parts;
    if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) {
      throw bodyTooLarge(bodyBytesMax);
    }
    if (claim.kind !== 'signed') {
      const known = await this.authentic(claim, key, NO_BYTES);
      return { key: known, wire: await request.readBody(bodyBytesMax, lease) };
    }
    const signer = maySign(claim, key) ? key : await this.parts.keys.findRotated(claim.keyId, key);
    if (!maySign(claim, signer)) {
      await this.passUnread(request, lease);
      return { key: authenticate(claim, undefined, NO_BYTES, this.parts.keys.decoySecret), wire: NO_BYTES };
    }
    const wire = await request.readBody(bodyBytesMax, lease);
    return { key: await this.authentic(claim, signer, wire), wire };
  }

  /** What is signed in the name of no key must not fill the memory that bodies have together. It is digested all the same: the 401 must not come sooner than a wrong signature's. */
  private async passUnread(request: IngestRequest, lease: BodyLease): Promise<void> {
    const { bodyBytesMax, keys } = this.parts;
    const digest = createHmac('sha256', keys.decoySecret);
    await request.passBody(bodyBytesMax, lease, (chunk) => digest.update(chunk));
    digest.digest();
  }

  /** The key, if the claim is true of it, or of what it has become since it was cached: a rotation's new secret works at once. */
  private async authentic(claim: Claim, key: IngestKey | undefined, wire: Uint8Array): Promise<IngestKey> {
    const { keys } = this.parts;
    try {
      return authenticate(claim, key, wire, keys.decoySecret);
    } catch (refusal) {
      const rotated = await keys.findRotated(claim.keyId, key);
      if (rotated === undefined) {
        throw refusal;
      }
      return authenticate(claim, rotated, wire, keys.decoySecret);
    }
  }

  /** Unpacks, judges and queues a batch that was not seen before. */
  private async take(
    exchange: IngestExchange,
    key: IngestKey,
    names: RequestNames,
    wire: Buffer,
    lease: BodyLease,
  ): Promise<OnceAnswer> {
    const { parts } = this;
    const { signal } = exchange.route;
    const unpacked = await this.unpack(exchange, wire, lease);
    const receivedAtMs = parts.nowMs();
    const { body, verdict } = await this.verify(exchange, key, unpacked, receivedAtMs);
    const outcome = { signal, batchId: newBatchId(receivedAtMs), verdict };
    exchange.records = verdict.total - verdict.rejected.length;
    if (verdict.total > 0 && exchange.records === 0) {
      this.count(exchange, key, verdict);
      const answer = exchange.form.style.allRefused(outcome);
      if (answer.status < 300) {
        await parts.idempotency.remember(names, keepAnswer(answer));
      }
      return { answer, replayed: false };
    }
    const stream = streamOf(signal);
    await parts.backPressure.admit(stream, key.orgId);
    const envelope = envelopeOf(exchange, key, outcome.batchId, receivedAtMs, verdict);
    const answer = exchange.form.style.taken(outcome);
    const receipts = parts.idempotency.receiptsOf(names, names.length === 0 ? '' : keepAnswer(answer));
    const appended = await parts.queue.append(
      stream,
      { lane: envelope.orgId, headers: JSON.stringify(envelope), body },
      receipts,
    );
    if ('existing' in appended) {
      return parts.idempotency.answered(appended.existing, names);
    }
    this.count(exchange, key, verdict);
    // Only now that the queue is through with it, and nobody reads from it in a thread.
    freeMemory(body);
    freeMemory(wire);
    return { answer, replayed: false };
  }

  private async unpack(exchange: IngestExchange, wire: Buffer, lease: BodyLease): Promise<Buffer> {
    const { reading, request, route } = exchange;
    if (reading === undefined) {
      throw new AegisError('unsupported-media-type', { detail: `Send ${route.takes}.` });
    }
    const encoding = single(request.headers['content-encoding']);
    const body = await unpackBody(wire, reading.wire, encoding, this.parts.bodyBytesMax, lease);
    exchange.bytes = body.length;
    exchange.form = reading.formOf?.(body) ?? reading.form;
    return body;
  }

  private async verify(
    { form, route }: IngestExchange,
    key: IngestKey,
    body: Buffer,
    receivedAtMs: number,
  ): Promise<Verified> {
    const { seriesGates, verifier } = this.parts;
    const options = { receivedAtMs, retentionDays: key.retentionDays[route.signal] };
    return route.signal === 'metrics'
      ? verifier.metrics(form.format, body, options, seriesGates.open(key.orgId, key.activeSeriesMax))
      : verifier.records(route.signal, form.format, body, options);
  }

  /** A batch is one request of its accepted records, or if there are none of its first reason: over all outcomes, requests and bytes add up to what came. */
  private count(exchange: IngestExchange, key: IngestKey, { rejected, total }: BatchVerdict): void {
    const { counter, metrics } = this.parts;
    const labels = { signal: exchange.route.signal, protocol: exchange.form.protocol };
    const outcomes = new Map<string, number>();
    if (total === 0 || exchange.records > 0) {
      outcomes.set('accepted', exchange.records);
      metrics.ingestBytes.inc(labels, exchange.bytes);
    }
    for (const { code } of rejected) {
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    }
    let requests = 1;
    let { bytes } = exchange;
    for (const [outcome, records] of outcomes) {
      metrics.ingestRecords.inc({ ...labels, outcome }, records);
      counter.add({ ...labels, orgId: key.orgId, keyId: key.keyId, outcome, requests, records, bytes });
      [requests, bytes] = [0, 0];
    }
    exchange.isCounted = true;
  }

  private fail(exchange: IngestExchange, thrown: unknown): IngestResult {
    const { counter, logger, refusedKeys } = this.parts;
    const { form, headers, key, records, request, route } = exchange;
    const failure = toAegisError(thrown);
    logProblem(logger, request.id, failure, thrown);
    refusedKeys.tell(exchange, failure.code);
    if (key !== undefined && !exchange.isCounted) {
      const { orgId, keyId } = key;
      const { bytes } = exchange;
      const outcome = failure.code;
      counter.add({
        orgId,
        signal: route.signal,
        protocol: form.protocol,
        keyId,
        outcome,
        requests: 1,
        records,
        bytes,
      });
    }
    if (failure.retryAfterSeconds !== undefined) {
      headers['retry-after'] = String(Math.max(1, Math.ceil(failure.retryAfterSeconds)));
    }
    if (failure.status === 401) {
      headers['www-authenticate'] = CHALLENGE;
    }
    const answer = form.style.failed(failure, request.id);
    return { answer: { ...answer, headers: { ...answer.headers, ...headers } }, failure };
  }
}

function envelopeOf(
  { form, records, request, route }: IngestExchange,
  { keyId, orgId, retentionDays }: IngestKey,
  batchId: string,
  receivedAtMs: number,
  verdict: BatchVerdict,
): IngestEnvelope {
  return {
    v: 1,
    orgId,
    signal: route.signal,
    format: form.format,
    batchId,
    protocol: form.protocol,
    keyId,
    receivedAtMs,
    retentionDays: retentionDays[route.signal],
    accepted: records,
    rejected: verdict.rejected.map(({ index }) => index),
    clientAddress: request.clientAddress,
    ...(route.signal === 'rum' ? browserFacts(request.headers) : {}),
  };
}
