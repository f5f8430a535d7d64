import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

/** A check that is one command and passes when it ends with 0. */
export interface Gate {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** How one went. */
export interface GateResult {
  readonly name: string;
  readonly passed: boolean;
  /** Why it could not be run; it has not passed then, nor failed. */
  readonly skipped?: string;
  readonly seconds: number;
  readonly output: string;
}

/** How a gate ends that cannot be run here (EX_TEMPFAIL of sysexits.h); the last line that it prints says why. */
export const EXIT_SKIPPED = 75;

const GATES_AT_ONCE = 2;
const BIN = join('node_modules', '.bin');
const isTerminal = process.stdout.isTTY === true;

/** Everything that needs no server, no browser and no build; the unit tests come besides. */
export const QUICK_GATES: readonly Gate[] = [
  {
    name: 'types (tsc)',
    command: join(BIN, 'tsc'),
    // Several checkers of one project each look at what its files have in common; several projects are built at once all the same.
    args: ['-b', '--checkers', '1', '--pretty', String(isTerminal)],
  },
  {
    name: 'format and lint (biome)',
    command: join(BIN, 'biome'),
    args: ['ci', '--error-on-warnings', `--colors=${isTerminal ? 'force' : 'off'}`, '.'],
  },
  { name: 'unused code and packages (knip)', command: join(BIN, 'knip'), args: [] },
  script('direction of imports', 'check-imports.ts'),
  script('ratchet', 'ratchet.ts'),
  script('exact versions in the lockfile', 'check-manifests.ts'),
  script('lockfile for all platforms', 'lockfile-platforms.ts', '--check'),
];

/** A script of ours as a gate. */
export function script(name: string, file: string, ...args: string[]): Gate {
  return { name, command: join(BIN, 'node'), args: [join('scripts', file), ...args] };
}

/** Runs the gates, two at a time, and prints how each went; what a failed one said follows it. */
export async function runGates(gates: readonly Gate[], print: (text: string) => void): Promise<GateResult[]> {
  const results: GateResult[] = [];
  const waiting = [...gates];
  const lane = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const result = await runGate(gate);
      results.push(result);
      const isFailed = !result.passed && result.skipped === undefined;
      const mark = isFailed ? '✗' : result.passed ? '✓' : '↓';
      print(`${mark} ${result.name} (${result.seconds.toFixed(1)} s)`);
      if (isFailed) print(result.output.trim().replace(/^/gm, '    '));
    }
  };
  await Promise.all(Array.from({ length: GATES_AT_ONCE }, lane));
  return results;
}

function runGate(gate: Gate): Promise<GateResult> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(gate.command, gate.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${join(process.cwd(), BIN)}:${process.env.PATH}` },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const done = (code: number | null): void =>
      resolve({
        name: gate.name,
        passed: code === 0,
        ...(code === EXIT_SKIPPED ? { skipped: output.trim().split('\n').at(-1) ?? '' } : {}),
        seconds: (performance.now() - startedMs) / 1000,
        output,
      });
    child.on('error', (error) => {
      output += error.message;
      done(null);
    });
    child.on('close', done);
  });
}
