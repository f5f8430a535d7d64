import { setImmediate } from 'node:timers/promises';
import type { StoredSpan } from '@aegisguard/model';
import { encodeResourceSpans, encodeTraceById, resourceSpansOf } from '@aegisguard/protocols';
import { arrayJson } from '../array-json.ts';

/** The event loop is let go at least this often. */
const TURN_MS = 15;

/** `ResourceSpans` as a JSON array. */
export function traceJson(spans: readonly StoredSpan[]): Promise<string> {
  return arrayJson(resourceSpansOf(spans), (message) => JSON.stringify(message));
}

/** `TracesData` in protocol buffers. */
export async function traceBytes(spans: readonly StoredSpan[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let turnEndMs = performance.now() + TURN_MS;
  for (const message of resourceSpansOf(spans)) {
    pieces.push(encodeResourceSpans(message));
    if (performance.now() >= turnEndMs) {
      await setImmediate();
      turnEndMs = performance.now() + TURN_MS;
    }
  }
  return Buffer.concat(pieces);
}

/** The same inside what the second way to read a trace answers. */
export async function traceByIdBytes(spans: readonly StoredSpan[], missing: string | undefined): Promise<Uint8Array> {
  return encodeTraceById(await traceBytes(spans), missing);
}
