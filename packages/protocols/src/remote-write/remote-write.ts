// https://prometheus.io/docs/specs/prw/remote_write_spec/ and https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
import type { MetricBatch } from '@aegisguard/model';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import { decodeProtobuf } from '../protobuf/decode-protobuf.ts';
import type { VerifyOptions } from '../records/verdict.ts';
import { walkWriteRequest } from './walk-write-request.ts';
import { WriteBuilder } from './write-builder.ts';
import type { RemoteWriteVersion } from './write-layout.ts';
import { WriteVerifier } from './write-verifier.ts';

export type { RemoteWriteVersion } from './write-layout.ts';

/**
 * The gateway's half, of a body that is decompressed already. A record is a sample, a histogram or an exemplar, in the order of the body; metadata is none. Throws
 * `invalid-protobuf`, `body-too-large`, `batch-too-large`, and nothing else for any bytes.
 */
export function verifyRemoteWrite(
  body: Uint8Array,
  version: RemoteWriteVersion,
  options: MetricVerifyOptions,
): MetricVerdict {
  const verifier = new WriteVerifier(options);
  decodeProtobuf(body, (reader) => walkWriteRequest(asBuffer(body), reader, version, verifier));
  return verifier.finish();
}

/** The worker's half: the batch of a body that the gateway has verified, but for the indexes that it refused. */
export function buildRemoteWrite(
  body: Uint8Array,
  version: RemoteWriteVersion,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): MetricBatch {
  const builder = new WriteBuilder(options, rejectedIndexes, body.byteLength);
  decodeProtobuf(body, (reader) => walkWriteRequest(asBuffer(body), reader, version, builder));
  return builder.finish();
}

function asBuffer(body: Uint8Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
