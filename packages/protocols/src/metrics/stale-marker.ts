// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#samples-and-histogram-samples

import { STALE_MARKER_BITS } from '@aegisguard/model';

/** The lower half of the NaN that says "this series has ended". */
export const STALE_LOW = Number(STALE_MARKER_BITS & 0xffff_ffffn);

/** Its upper half. */
export const STALE_HIGH = Number(STALE_MARKER_BITS >> 32n);

const bits = new Uint32Array([STALE_LOW, STALE_HIGH]);
const numbers = new Float64Array(bits.buffer);

/** The marker as a number. A processor may set a bit of such a NaN when it moves it, so where the bits matter they are copied as integers. */
export function staleMarker(): number {
  return numbers[0] ?? Number.NaN;
}
