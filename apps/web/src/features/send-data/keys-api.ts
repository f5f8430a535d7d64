import {
  type ApiKeyView,
  KEY_ROUTES,
  type NewApiKeyAnswer,
  type NewApiKeyRequest,
  type Signal,
} from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';
import type { SendWay } from './snippets/snippet.ts';

/** Keys that can be picked; who has more finds theirs by its id. */
const KEYS_MAX = 100;

/** The organization's keys, newest first. */
export async function listKeys(orgId: string, signal: AbortSignal): Promise<readonly ApiKeyView[]> {
  return (await callRoute(KEY_ROUTES.listKeys, { query: { limit: KEYS_MAX }, orgId, signal })).items;
}

/** Makes a key. Its secret is in this answer and nowhere else. */
export function createKey(orgId: string, body: NewApiKeyRequest): Promise<NewApiKeyAnswer> {
  return callRoute(KEY_ROUTES.createKey, { body, orgId });
}

/** Signals of a way that a key may not write: they would be refused. */
export function lackedSignals(key: ApiKeyView, way: SendWay): readonly Signal[] {
  return way.signals.filter((signal) => !key.scopes.includes(`${signal}:write`));
}

/** A key in a list; of those that are called the same, the id tells which. */
export function optionWords(key: ApiKeyView, keys: readonly ApiKeyView[]): string {
  return keys.some(({ id, name }) => name === key.name && id !== key.id) ? `${key.name} (${key.id})` : key.name;
}

/** Whether a key can be used for a way of sending. */
export function suits(key: ApiKeyView, way: SendWay, nowMs: number): boolean {
  const isValid = key.revokedAt === null && (key.expiresAt === null || Date.parse(key.expiresAt) > nowMs);
  return isValid && key.kind === way.keyKind && way.scopes.some((scope) => key.scopes.includes(scope));
}
