import { type ApiKeyKind, type ApiKeyView, INGEST_SCOPES, type IngestScope } from '@aegisguard/model';
import { timestampMs } from '../../lib/timestamp.ts';
import type { Tone } from '../../ui/badge.tsx';
import type { ChoiceGroup } from '../../ui/choice-groups.ts';

interface KindWords {
  readonly name: string;
  /** For whom it is, and how it proves itself. */
  readonly what: string;
}

/** The kinds of keys, explained to whoever has to choose one. */
export const KIND_WORDS: Readonly<Record<ApiKeyKind, KindWords>> = {
  signed: {
    name: 'Signed',
    what: 'For your own code. Every request is signed with the secret, which itself is never sent: nobody can change a request on its way.',
  },
  token: {
    name: 'Token',
    what: 'For agents, collectors and libraries that send a bearer token. Whoever sees the token can send, so use it over https.',
  },
  browser: {
    name: 'Browser',
    what: 'For web pages. It has no secret: it writes RUM events only, and only from the origins that you allow.',
  },
  query: {
    name: 'Query',
    what: 'For programs that read: a bearer token that may query logs, metrics, traces and RUM, and send nothing.',
  },
};

/** What a key may write, in words. */
const SCOPE_WORDS: Readonly<Record<IngestScope, string>> = {
  'logs:write': 'Logs',
  'metrics:write': 'Metrics',
  'traces:write': 'Traces',
  'rum:write': 'RUM events',
  'events:write': 'Security events',
};

/** The scopes as a form offers them. */
export const SCOPE_GROUPS: readonly ChoiceGroup<IngestScope>[] = [
  { label: 'Everything', choices: INGEST_SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] })) },
];

/** What has become of a key. */
export const KEY_STATES = ['active', 'expired', 'revoked'] as const;

/** One of them. */
export type KeyState = (typeof KEY_STATES)[number];

/** The states in words, and how good they are. */
export const STATE_WORDS: Readonly<Record<KeyState, { readonly name: string; readonly tone: Tone }>> = {
  active: { name: 'Active', tone: 'ok' },
  expired: { name: 'Expired', tone: 'warn' },
  revoked: { name: 'Revoked', tone: 'neutral' },
};

/** Whether a key works, and why it does not. */
export function keyState({ revokedAt, expiresAt }: ApiKeyView, nowMs: number): KeyState {
  if (revokedAt !== null) {
    return 'revoked';
  }
  return expiresAt !== null && timestampMs(expiresAt) <= nowMs ? 'expired' : 'active';
}

/** What a key may do, in a few words. */
export function powerWords({ kind, scopes }: ApiKeyView): string {
  if (kind === 'query') {
    return 'Reads telemetry';
  }
  return scopes.length === INGEST_SCOPES.length
    ? 'All signals'
    : scopes.map((scope) => SCOPE_WORDS[scope]).join(', ') || 'Nothing';
}
