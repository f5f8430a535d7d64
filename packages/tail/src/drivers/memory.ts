import type { TailExchange } from '../driver.ts';
import { TailListeners } from '../tail-listeners.ts';

/** Within this process: for the profile in which one process does it all. */
export function openMemoryTails(): TailExchange {
  const listeners = new TailListeners();
  return {
    open: async (orgId, query, onCatch) => {
      listeners.add(orgId, query, onCatch);
      return { close: () => void listeners.remove(orgId, query, onCatch) };
    },
    queriesOf: (orgId) => listeners.queriesOf(orgId),
    publish: (orgId, caught) => {
      for (const each of caught) {
        listeners.deliver(orgId, each);
      }
    },
    close: async () => listeners.clear(),
  };
}
