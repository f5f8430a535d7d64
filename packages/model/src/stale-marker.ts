// Prometheus's staleness marker, a NaN with bits of its own: https://prometheus.io/docs/specs/prw/remote_write_spec/#stale-markers

/** The marker's bits. */
export const STALE_MARKER_BITS = 0x7ff0000000000002n;

const words = new BigUint64Array(1);
const floats = new Float64Array(words.buffer);

/** Whether the value at an index is the marker. Reads the array's bits: a NaN that went through a number may have lost its own. */
export function isStaleMarker(values: Float64Array, index: number): boolean {
  const value = values[index];
  if (value === undefined || !Number.isNaN(value)) {
    return false;
  }
  return new BigUint64Array(values.buffer, values.byteOffset + index * 8, 1)[0] === STALE_MARKER_BITS;
}

/** Puts the marker's bits into an array. */
export function setStaleMarker(values: Float64Array, index: number): void {
  words[0] = STALE_MARKER_BITS;
  values.set(floats, index);
}
