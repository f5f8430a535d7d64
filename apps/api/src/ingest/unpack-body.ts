import type { BodyLease } from './body-budget.ts';
import { decompress, encodingName, isIdentity, unsupportedEncoding } from './decompress.ts';
import type { WireForm } from './ingest-route.ts';
import { unpackSnappyBlock } from './snappy-block.ts';

/** The body as its decoder reads it. At most `bytesMax` bytes, all of which count against the lease. */
export async function unpackBody(
  wire: Buffer,
  form: WireForm,
  encoding: string | undefined,
  bytesMax: number,
  lease: BodyLease,
): Promise<Buffer> {
  if (form === 'encoded') {
    return decompress(wire, encoding, bytesMax, lease);
  }
  const isBare = isIdentity(encoding) || encodingName(encoding) === 'snappy';
  if (!isBare && form === 'snappy') {
    throw unsupportedEncoding('a snappy block', encodingName(encoding));
  }
  const block = isBare ? wire : await decompress(wire, encoding, bytesMax, lease);
  return unpackSnappyBlock(block, bytesMax, lease);
}
