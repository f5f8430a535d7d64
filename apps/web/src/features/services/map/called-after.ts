import { PEER_NAME_MAX, PEER_NAMES, type PeerName, type PeerType } from '@aegisguard/model';
import { quoteText } from '@aegisguard/traceql/syntax';
import { escapeRegex } from '../../../lib/escape-regex.ts';

/** A peer's name as it stands in spans: whole, or cut. */
interface SaidName {
  readonly text: string;
  /** Matches the whole of it. */
  readonly pattern: string;
  readonly isCut: boolean;
}

function saidName(name: string): SaidName {
  const isCut = name.length === PEER_NAME_MAX;
  // Half of a character at the cut was replaced.
  const text = isCut ? name.replace(/\uFFFD$/, '') : name;
  const escaped = escapeRegex(text);
  return { text, pattern: isCut ? `${escaped}(?s:.*)` : escaped, isCut };
}

function matches(field: string, pattern: string): string {
  return `${field} =~ ${quoteText(pattern)}`;
}

function isName(field: string, { text, pattern, isCut }: SaidName): string {
  return isCut ? matches(field, pattern) : `${field} = ${quoteText(text)}`;
}

const CONDITIONS: Readonly<Record<PeerName['holds'], (field: string, name: SaidName) => string>> = {
  name: isName,
  'name-or-number': isName,
  host: (field, { pattern }) => matches(field, `${pattern}(:\\d{1,5})?`),
  // A URL's scheme and host are read whatever their case.
  url: (field, { pattern }) => matches(field, `(?is)[a-z][a-z0-9+.-]*://([^/?#]*@)?${pattern}(:\\d*)?([/?#\\\\].*)?`),
};

/** What is true of spans whose peer, being of one of the types, is called so. */
export function calledAfter(name: string, types: readonly PeerType[]): string {
  const said = saidName(name);
  const conditions = types.flatMap((type) =>
    PEER_NAMES[type].map(({ attribute, holds }) => CONDITIONS[holds](`span.${attribute}`, said)),
  );
  return `(${[...new Set(conditions)].join(' || ')})`;
}
