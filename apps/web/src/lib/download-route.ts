import type { Asking, Route } from '@aegisguard/model';
import { ApiError } from './api-error.ts';
import { askStream } from './ask-stream.ts';
import { withToken } from './call-route.ts';
import { addressOf } from './send-route.ts';

function countBytes(onBytes: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
}

/**
 * What a route answers as the content of a file, however large: it streams into a blob, which browsers keep on the disk, and never becomes a text of the page. The token goes in a header, never into an
 * address. `onBytes` hears how much has come.
 */
export async function downloadRoute<R extends Route>(
  route: R,
  call: {
    readonly query: Asking<R>['query'];
    readonly orgId: string;
    readonly signal: AbortSignal;
    readonly onBytes: (bytes: number) => void;
  },
): Promise<Blob> {
  const query = call.query as Readonly<Record<string, unknown>>;
  const address = addressOf(route.path, { query });
  const { body, headers } = await withToken((token) =>
    askStream(address, {
      headers: { 'x-org-id': call.orgId, authorization: `Bearer ${token}` },
      signal: call.signal,
    }),
  );
  const counted = (body ?? new Blob().stream()).pipeThrough(countBytes(call.onBytes));
  try {
    return await new Response(counted, { headers: { 'content-type': headers.get('content-type') ?? '' } }).blob();
  } catch (cause) {
    if (call.signal.aborted) {
      throw cause;
    }
    throw new ApiError('network', 'The download broke off', { detail: 'The file would not be whole.', cause });
  }
}
