import { ConfigError, loadConfig, processEnv } from '@aegisguard/config';
import { EXIT_CONFIG, type ReadyReport } from '@aegisguard/model';
import { launch } from './launch.ts';

// A handle that someone forgot must not keep us; ending by itself is the rule, since process.exit() can hang in this Node (nodejs/node #54918).
const LAST_RESORT_MS = 2000;

// Nobody may be reading any more, e.g. after the terminal was closed; that must not end us before the server has drained.
process.stderr.on('error', () => undefined);

function say(line: string): void {
  process.stderr.write(`aegisguard: ${line}\n`);
}

/** To the program that started us over an open channel (apps/demo); it may have gone meanwhile. */
function passOn(report: ReadyReport): void {
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

async function main(): Promise<number> {
  try {
    const env = processEnv();
    return await launch({ config: loadConfig(env), env, say, onReady: passOn });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

process.exitCode = await main();
setTimeout(() => process.exit(), LAST_RESORT_MS).unref();
