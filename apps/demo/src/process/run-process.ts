import { callsAnswered } from './calls.ts';
import {
  isMessage,
  type RedirectedMessage,
  type RunningMessage,
  type ServiceSettings,
  type UrlsMessage,
} from './messages.ts';

/** Longer than any request and than a last export takes. */
const END_MS = 4000;

/** Runs one process of the shop: waits for its settings, starts it, and ends it when asked to, or when its supervisor is gone. `start` gives what to do at the end. */
export async function runProcess(start: (settings: ServiceSettings) => Promise<() => Promise<void>>): Promise<void> {
  const ending = Promise.withResolvers<void>();
  process.once('SIGTERM', () => ending.resolve());
  process.once('disconnect', () => ending.resolve());
  const told = Promise.withResolvers<ServiceSettings>();
  process.on('message', (message) => {
    if (isMessage(message, 'settings')) told.resolve(message);
    if (isMessage(message, 'urls')) void told.promise.then((settings) => redirect(settings, message));
  });
  const settings = await told.promise;
  const stop = await start(settings);
  report({ type: 'running' });
  await ending.promise;
  setTimeout(() => process.exit(), END_MS).unref();
  await stop();
  process.exit();
}

async function redirect(settings: ServiceSettings, { urls, move }: UrlsMessage): Promise<void> {
  Object.assign(settings.urls, urls);
  await callsAnswered();
  report({ type: 'redirected', move });
}

/** The supervisor may be gone. */
function report(message: RunningMessage | RedirectedMessage): void {
  process.send?.(message, undefined, undefined, () => undefined);
}
