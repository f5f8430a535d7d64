// Runs one command with visible progress. Runs on any Node >= 20 with nothing installed.
import { spawn } from 'node:child_process';
import process from 'node:process';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 120;
const REMINDER_MS = 10_000;

/**
 * Shows what is being done and for how long: a line that is redrawn on a terminal, otherwise one line at the start, every ten seconds and at the end.
 * The command's output is shown only when it fails; then the promise rejects.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
export async function runStep(title, command, args, options) {
  const startedMs = performance.now();
  const seconds = () => ((performance.now() - startedMs) / 1000).toFixed(1);
  const isTerminal = process.stderr.isTTY === true;
  let frame = 0;
  if (!isTerminal) process.stderr.write(`aegisguard: ${title} …\n`);
  const timer = setInterval(
    () => {
      const mark = SPINNER[frame++ % SPINNER.length];
      process.stderr.write(
        isTerminal ? `\r\x1b[K${mark} ${title} … ${seconds()} s` : `aegisguard: ${title} … ${seconds()} s\n`,
      );
    },
    isTerminal ? FRAME_MS : REMINDER_MS,
  );
  try {
    await run(command, args, options);
    process.stderr.write(
      isTerminal ? `\r\x1b[K✓ ${title} (${seconds()} s)\n` : `aegisguard: ${title}: done, ${seconds()} s\n`,
    );
  } catch (error) {
    process.stderr.write(isTerminal ? `\r\x1b[K✗ ${title}\n` : `aegisguard: ${title}: failed\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output = (output + text).slice(-20_000);
      });
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${output.trim()}\n${command} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
