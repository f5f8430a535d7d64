import { ConfigError, loadConfig, processEnv } from '@aegisguard/config';
import { EXIT_CONFIG } from '@aegisguard/model';
import { runDemo } from './run-demo.ts';

// Nobody may be reading any more; that must not end us before everything else has ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

function say(line: string): void {
  process.stderr.write(`demo: ${line}\n`);
}

async function main(): Promise<number> {
  try {
    const env = processEnv();
    return await runDemo({ config: loadConfig(env), env, say });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

process.exit(await main());
