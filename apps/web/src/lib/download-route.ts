import { type Asking, Problem, type Route } from '@aegisguard/model';
import { ApiError } from './api-error.ts';
import { addressOf } from './call-route.ts';
import { sessionState } from './session.ts';

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

async function ask(address: string, orgId: string, signal: AbortSignal): Promise<Response> {
  const { session } = sessionState();
  const headers = {
    'x-org-id': orgId,
    ...(session === null ? {} : { authorization: `Bearer ${session.accessToken}` }),
  };
  try {
    return await fetch(address, { headers, signal });
  } catch (cause) {
    if (signal.aborted) {
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
  const response = await ask(addressOf(route.path, { query }), call.orgId, call.signal);
  if (!response.ok || response.body === null) {
    throw await problemOf(response);
  }
  const { headers } = response;
  const counted = response.body.pipeThrough(countBytes(call.onBytes));
  try {
    return await new Response(counted, { headers: { 'content-type': headers.get('content-type') ?? '' } }).blob();
  } catch (cause) {
    if (call.signal.aborted) {
      throw cause;
    }
    throw new ApiError('network', 'The download broke off', { detail: 'The file would not be whole.', cause });
  }
}
