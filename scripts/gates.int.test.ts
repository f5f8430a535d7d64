import process from 'node:process';
import { expect, it } from 'vitest';
import { runGates } from './gates.ts';

const command = process.execPath;

it('runs every gate and keeps what the failed ones said', async () => {
  const results = await runGates([
    { name: 'good', command, args: ['-e', ''] },
    { name: 'bad', command, args: ['-e', 'console.error("line 7 is wrong"); process.exitCode = 3'] },
    { name: 'killed', command, args: ['-e', 'process.kill(process.pid, "SIGKILL")'] },
    { name: 'absent', command: 'no-such-command', args: [] },
  ]);
  const verdicts = Object.fromEntries(results.map((result) => [result.name, result.passed]));
  expect(verdicts).toEqual({ good: true, bad: false, killed: false, absent: false });
  expect(results.find((result) => result.name === 'bad')?.output).toContain('line 7 is wrong');
  expect(results.find((result) => result.name === 'absent')?.output).toContain('ENOENT');
});
