import type { Route } from '@aegisguard/model';
import type { Caller } from './callers.ts';
import { sampleBody, sampleQuery } from './sample-request.ts';

/** Every trace that was sent has this span. */
export const SPAN_ID = '00000000000000a1';

/** How a route is asked. */
export interface Question {
  readonly url: string;
  readonly caller: Caller;
  readonly route: Route;
  /** Of whichever object the path names. */
  readonly objectId: string;
  /** In the texts of the body. */
  readonly word: string;
  /** The organization, where a permission is asked for. */
  readonly orgId?: string;
}

/** What it answered. */
export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
  /** Undefined where the answer is not JSON. */
  readonly json: unknown;
}

/** Asks a route with the least query and body that its schemas take. */
export async function askRoute({ url, caller, route, objectId, word, orgId }: Question): Promise<Answer> {
  const sample = sampleBody(route, word);
  const body = sample === undefined ? undefined : JSON.stringify(sample);
  // Every object that has versions has a first one.
  const path = route.path
    .replace(':version', '1')
    .replace(':spanId', SPAN_ID)
    .replaceAll(/:\w+/g, encodeURIComponent(objectId));
  const answer = await fetch(`${url}${path}${sampleQuery(route, word)}`, {
    method: route.method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(orgId === undefined || route.access.kind !== 'permission' ? {} : { 'x-org-id': orgId }),
      ...caller.headers(body ?? ''),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = /[/+]json(?:;|$)/.test(answer.headers.get('content-type') ?? '');
  const json: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: answer.status, code: (json as { code?: string } | undefined)?.code, text, json };
}

/** What an answer has that its schema does not say, or lacks that it says; undefined when they agree. */
export function answerFault(route: Route, { status, json, text }: Answer): string | undefined {
  if (status !== route.status || typeof route.answer === 'string') {
    return undefined;
  }
  if (route.answer === null) {
    return text === '' ? undefined : `it should be empty, and is ${text.slice(0, 200)}`;
  }
  const parsed = route.answer.safeParse(json);
  if (!parsed.success) {
    return parsed.error.message;
  }
  // Schemas leave members out that they do not know.
  const [said, known] = [canonical(json), canonical(parsed.data)];
  return said === known ? undefined : `it says ${said}, of which the schema knows ${known}`;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Every value of an answer that looks like the id of an object. */
export function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && /^id$|Id$/.test(name) ? [member] : idsIn(member),
  );
}
