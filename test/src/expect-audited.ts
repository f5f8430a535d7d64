import assert from 'node:assert/strict';
import type { Route } from '@aegisguard/model';

/** What asks for somebody who may read the audit log. */
interface Reader {
  get(path: string): Promise<Response>;
}

/** An entry, as far as it is looked at here. */
export interface ShownEntry {
  readonly seq: number;
  readonly action: string;
  readonly requestId: string | null;
  readonly target: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** Calls a mutation of an organization to which nothing else happens meanwhile: it answers its route's status and writes exactly one entry, of the route's effect and the answer's request. Gives both. */
export async function expectAudited(
  api: Reader,
  route: Pick<Route, 'id' | 'effect' | 'status'>,
  call: () => Promise<Response>,
): Promise<{ readonly answer: Response; readonly entry: ShownEntry }> {
  const [before] = await newest(api, 1);
  const answer = await call();
  if (answer.status !== route.status) {
    assert.fail(`${route.id} answers ${answer.status} for ${route.status}: ${await answer.text()}`);
  }
  const [entry, previous] = await newest(api, 2);
  assert(entry !== undefined && previous?.seq === before?.seq, `${route.id} writes exactly one entry`);
  assert.equal(entry.action, route.effect, `the entry of ${route.id} says what it does`);
  assert.equal(entry.requestId, answer.headers.get('x-request-id'), `the entry of ${route.id} names its request`);
  return { answer, entry };
}

async function newest(api: Reader, limit: number): Promise<readonly ShownEntry[]> {
  const answer = await api.get(`/audit?limit=${limit}`);
  assert.equal(answer.status, 200, 'the audit log can be read');
  return ((await answer.json()) as { items: ShownEntry[] }).items;
}
