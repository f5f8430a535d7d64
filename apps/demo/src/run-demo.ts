import { join } from 'node:path';
import type { Config, Environment } from '@aegisguard/config';
import { listenForStop } from '@aegisguard/supervision';
import { kindsFor, runIncidents } from './incidents/incidents.ts';
import { timetable } from './incidents/timetable.ts';
import { LauncherProcess } from './launcher-process.ts';
import { type DemoAccess, openDemoAccess } from './organization/demo-access.ts';
import { decideLogin, loginPath } from './organization/demo-login.ts';
import { Shop } from './shop/shop.ts';

/** What the demo is made of. */
export interface DemoOptions {
  readonly config: Config;
  readonly env: Environment;
  /** Tells the user. */
  readonly say: (line: string) => void;
}

/** Of the timetable: it begins with a deployment, which shows in most places. */
const INCIDENTS_SEED = 11;

/** Runs the product and the shop until it is asked to stop, or the product ends; returns the exit code. */
export async function runDemo({ config, env, say }: DemoOptions): Promise<number> {
  const directory = join(config.dataDir, 'demo');
  const login = await decideLogin(directory, config.bootstrap);
  const launcher = new LauncherProcess({
    ...env,
    AEGIS_ADMIN_EMAIL: config.bootstrap.adminEmail ?? login.email,
    AEGIS_ADMIN_PASSWORD: login.password,
  });
  const stopping = new AbortController();
  const stopListening = listenForStop(env.npm_lifecycle_event !== undefined, (reason) => {
    if (stopping.signal.aborted) launcher.stop();
    else say(`${reason}: closing the shop`);
    stopping.abort();
  });
  const ended = launcher.ended.then((code) => {
    if (!stopping.signal.aborted) say(`the product has ended with exit code ${code}: closing the shop`);
    stopping.abort();
    return code;
  });
  try {
    const ready = await Promise.race([launcher.ready, aborted(stopping.signal)]);
    if (ready !== undefined) {
      const access = await openDemoAccess({ ...ready, directory, login });
      await runShop({ config, env, say }, ready.url, access, stopping.signal);
    }
  } finally {
    launcher.stop();
    await ended;
    stopListening();
  }
  return ended;
}

async function runShop(
  { config, env, say }: DemoOptions,
  url: string,
  access: DemoAccess,
  signal: AbortSignal,
): Promise<void> {
  const { keys, madeUp } = access;
  const directory = join(config.dataDir, 'demo');
  const { PATH = '', HOME = '', TZ = '' } = env;
  say('opening the shop');
  const shop = await Shop.open({
    dataDir: directory,
    target: { url, token: keys.token },
    rumKey: keys.rumKey,
    // Sessions of one start are not those of another.
    seed: Date.now(),
    env: { PATH, HOME, TZ },
    say,
  });
  try {
    process.stdout.write(welcome(`${url}/o/${keys.orgId}/home`, madeUp, loginPath(directory)));
    await Promise.all([runIncidents(shop, timetable(INCIDENTS_SEED, kindsFor(shop)), signal, say), aborted(signal)]);
  } finally {
    await shop.close();
  }
}

/** Where to look, and as whom. A password that was made up is shown once. */
function welcome(url: string, madeUp: DemoAccess['madeUp'], path: string): string {
  const who =
    madeUp === undefined
      ? [`  sign in                    as before (a login that the demo made up is kept in ${path})`]
      : [`  e-mail                     ${madeUp.email}`, `  password                   ${madeUp.password}`];
  return ['', `  The demo shop is open      ${url}`, ...who, '', ''].join('\n');
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
