import { type Asking, Problem, type Route } from '@aegisguard/model';
import { ApiError } from './api-error.ts';
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

async function problemOf(response: Response): Promise<ApiError> {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  return parsed.success
    ? ApiError.fromProblem(parsed.data, undefined)
    : new ApiError('unexpected-answer', `The server answered with ${response.status}`, { status: response.status });
}

async function ask(address: string, orgId: string, accessToken: string, signal: AbortSignal): Promise<Response> {
  const headers = { 'x-org-id': orgId, authorization: `Bearer ${accessToken}` };
  try {
    const response = await fetch(address, { headers, signal });
    if (response.ok) {
      return response;
    }
    throw await problemOf(response);
  } catch (cause) {
    if (signal.aborted || cause instanceof ApiError) {
      throw cause;
    }
    throw new ApiError('network', 'The server cannot be reached', { cause });
  }
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
  const { body, headers } = await withToken((token) => ask(address, call.orgId, token, call.signal));
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
