import type { UserAgentLookup } from './lookups.ts';

/** Makes a lookup; one for each thread. */
export function createUserAgentLookup(): UserAgentLookup {
  return { find: () => undefined };
}
