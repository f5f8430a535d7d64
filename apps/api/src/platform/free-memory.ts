/** Node takes only smaller buffers than this from its pool. */
const POOLED_BYTES_MAX = Buffer.poolSize / 2;

/**
 * Gives memory back that nobody will look at again. Collected in its own time it would count as pressure on the heap, and V8 marks the whole heap for every 40 MB of such bytes, however little
 * garbage of its own there is: at 100,000 samples/s that took more processor time than judging them. What else stands in the view's buffer goes with it, so small buffers, which may lie in Node's pool,
 * are left alone.
 */
export function freeMemory(view: ArrayBufferView): void {
  const { buffer, byteLength, byteOffset } = view;
  const isPooled = view instanceof Uint8Array && byteLength < POOLED_BYTES_MAX;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength > 0 && !isPooled) {
    buffer.transfer(0);
  }
}
