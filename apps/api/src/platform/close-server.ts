import type { Server } from 'node:http';

/** Connections that became idle are looked for this often. */
const IDLE_SWEEP_MS = 100;

/** Stops listening by `close` and waits for requests under way. Connections that have nothing to say are closed again and again, the others when their time is up. */
export async function closeServer(server: Server, close: () => Promise<unknown>, graceMs: number): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const end = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    await close();
  } finally {
    clearInterval(sweep);
    clearTimeout(end);
  }
}
