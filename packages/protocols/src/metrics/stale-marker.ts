// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#samples-and-histogram-samples

/** The lower half of the NaN that says "this series has ended". */
export const STALE_LOW = 2;

/** Its upper half. */
export const STALE_HIGH = 0x7ff00000;

const bits = new Uint32Array([STALE_LOW, STALE_HIGH]);
const numbers = new Float64Array(bits.buffer);

/** The marker as a number. A processor may set a bit of such a NaN when it moves it, so where the bits matter they are copied as integers. */
export function staleMarker(): number {
  return numbers[0] ?? Number.NaN;
}

/** True for the marker's bits. */
export function isStale(low: number, high: number): boolean {
  return low === STALE_LOW && high === STALE_HIGH;
}
