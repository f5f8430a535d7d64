import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Config, type Environment, loadSecrets, type Secrets, secretsToEnv } from '@aegisguard/config';
import type { ReadyReport } from '@aegisguard/model';
import { listenForStop } from '@aegisguard/supervision';
import { DataDirectoryLock } from './data-directory-lock.ts';
import { PostgresKeeper } from './postgres-keeper.ts';
import { SERVER_PROGRAM, serverCommand } from './server-command.ts';
import { Supervisor, type SupervisorEvent } from './supervisor.ts';

// Contract §6: we end within 30 s of being asked. PostgreSQL gets what the server's drain leaves; cut short, it recovers at the next start.
const STOP_MS = 28_000;
const POSTGRES_STOP_MIN_MS = 1000;

/** What a launch is made of. */
export interface LaunchOptions {
  readonly config: Config;
  /** The server's environment, before what the launcher adds. */
  readonly env: Environment;
  /** Tells the user. */
  readonly say: (line: string) => void;
  /** Hears each time that the server is ready. */
  readonly onReady?: (report: ReadyReport) => void;
  /** Another program than the API's, which reports as that one does. */
  readonly program?: string;
}

/** Runs everything until it is asked to stop; returns the exit code. Throws when it cannot even begin. */
export async function launch(options: LaunchOptions): Promise<number> {
  const { config, env, say } = options;
  for (const warning of config.warnings) say(`warning: ${warning}`);
  const lock = needsDataDirectory(config) ? await DataDirectoryLock.take(config.dataDir, say) : undefined;
  try {
    const secrets = loadSecrets(config, env);
    return await runServers(options, secrets, lock);
  } finally {
    lock?.release();
  }
}

/** Processes that use servers for everything may share a folder. */
function needsDataDirectory(config: Config): boolean {
  return [config.postgres, config.clickhouse, config.queue].some((engine) => engine.kind === 'embedded');
}

async function runServers(
  options: LaunchOptions,
  secrets: Secrets,
  lock: DataDirectoryLock | undefined,
): Promise<number> {
  const { config, env, say, program = SERVER_PROGRAM } = options;
  const stopping = new AbortController();
  let askedAtMs: number | undefined;
  let stop = () => stopping.abort();
  const endsWithParent = env.npm_lifecycle_event !== undefined || process.connected;
  const stopListening = listenForStop(endsWithParent, (reason) => {
    say(stopping.signal.aborted ? `${reason} again: stopping now` : `${reason}: stopping`);
    askedAtMs ??= performance.now();
    lock?.note({ isStopping: true });
    stop();
  });
  let postgres: PostgresKeeper | undefined;
  try {
    const supervisor = new Supervisor(
      () => {
        const database = postgres === undefined ? {} : { DATABASE_URL: postgres.url };
        const extra = { ...secretsToEnv(secrets), ...database };
        return serverCommand(program, env, extra, lock === undefined ? undefined : config.dataDir);
      },
      (event) => {
        if (event.type === 'spawned') lock?.note({ serverPid: event.pid });
        if (event.type === 'ready') options.onReady?.(event);
        const line = describe(event);
        if (line !== undefined) say(line);
      },
    );
    if (config.postgres.kind === 'embedded') {
      say('starting PostgreSQL');
      const dataDir = join(config.dataDir, 'postgres');
      postgres = await PostgresKeeper.start({ dataDir, say, onMoved: () => supervisor.renew() });
    }
    if (stopping.signal.aborted) return 0;
    stop = () => {
      stopping.abort();
      supervisor.stop();
    };
    supervisor.start();
    return await supervisor.ended;
  } finally {
    const usedMs = performance.now() - (askedAtMs ?? performance.now());
    const leftMs = Math.max(POSTGRES_STOP_MIN_MS, STOP_MS - usedMs);
    await Promise.race([postgres?.stop(), delay(leftMs, undefined, { ref: false })]);
    stopListening();
  }
}

function describe(event: SupervisorEvent): string | undefined {
  switch (event.type) {
    case 'spawned':
    case 'ready':
      return undefined;
    case 'step':
      return event.step;
    case 'silent':
      return `the server has not answered for ${event.seconds} s: killing it`;
    case 'drain-timeout':
      return 'the server does not finish in time: killing it';
    case 'crashed':
      return `the server ${event.how}; starting it again in ${event.restartInMs} ms`;
  }
}
