import 'reflect-metadata';
import { ConfigError, loadConfig, loadSecrets } from '@aegisguard/config';
import { EXIT_CONFIG, HEARTBEAT_INTERVAL_MS, type ServerReport } from '@aegisguard/model';
import { createSecretRedactor } from '@aegisguard/pipeline';
import { firstStartBox, startLine } from './first-start.ts';
import { isListenError, listenFailure } from './listen-problem.ts';
import { closeEngines, openEngines } from './open-engines.ts';
import { createLogger } from './platform/create-logger.ts';
import type { Engines } from './platform/engines.ts';
import { terminalLog } from './platform/terminal-log.ts';
import { type RunningServer, startServer } from './server.ts';

/** After this long the process ends itself, whatever an engine still holds open (nodejs/node #54918, chdb's threads). */
const END_GRACE_MS = 3000;

/** Told to the launcher, if there is one. The launcher may go at any moment; that is noticed as a disconnect, not here. */
function report(message: ServerReport): void {
  if (process.connected) {
    process.send?.(message, undefined, undefined, () => undefined);
  }
}

async function main(): Promise<void> {
  const config = loadConfig();
  const secrets = loadSecrets(config);
  const { stdout } = process;
  const destination = stdout.isTTY ? terminalLog((text) => stdout.write(text)) : stdout;
  const logger = createLogger(config.logLevel, destination);
  const stop = stopSignal();
  const engines = await openEngines(config, secrets, logger, (step) => report({ type: 'starting', step }));
  try {
    await run(engines, stop);
  } finally {
    await closeEngines(engines);
  }
  logger.info('stopped');
}

async function run(engines: Engines, stop: Promise<string>): Promise<void> {
  const { accounts, config, logger } = engines;
  // Before the bootstrap: secrets that are made up are printed only once, and not by a process that then cannot listen.
  const server = await listen(engines);
  const bootstrap = await accounts.bootstrap(config.bootstrap);
  const heartbeat = setInterval(() => report({ type: 'heartbeat' }), HEARTBEAT_INTERVAL_MS);
  report({ type: 'ready', url: server.url, isFirstStart: bootstrap.created });
  process.stdout.write(
    bootstrap.created ? firstStartBox(server.url, engines.otlpPorts, bootstrap) : startLine(server.url),
  );
  logger.info({ reason: await stop }, 'draining');
  await server.drain();
  clearInterval(heartbeat);
}

async function listen(engines: Engines): Promise<RunningServer> {
  try {
    return await startServer(engines);
  } catch (error) {
    const { host, port } = engines.config;
    throw isListenError(error) ? listenFailure('AEGIS_PORT', host, port, error) : error;
  }
}

/** Resolves when we are asked to stop: by a signal, or because the launcher is gone and must not leave us behind. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => resolve(signal));
    }
    process.once('disconnect', () => resolve('the launcher went away'));
  });
}

try {
  await main();
} catch (error) {
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1;
  const said = error instanceof ConfigError ? error.message : createSecretRedactor()(String((error as Error).stack));
  process.stderr.write(`${said}\n`);
}
// An open channel to the launcher would keep the process alive.
if (process.connected) {
  process.disconnect();
}
setTimeout(() => process.exit(), END_GRACE_MS).unref();
