import process from 'node:process';
import { expect, it } from 'vitest';
import { runGates } from './gates.ts';

const command = process.execPath;

it('runs every gate, prints how it went, and keeps what the failed ones said', async () => {
  const printed: string[] = [];
  const gates = [
    { name: 'good', command, args: ['-e', ''] },
    { name: 'bad', command, args: ['-e', 'console.error("line 7 is wrong"); process.exitCode = 3'] },
    { name: 'killed', command, args: ['-e', 'process.kill(process.pid, "SIGKILL")'] },
    { name: 'absent', command: 'no-such-command', args: [] },
    { name: 'impossible', command, args: ['-e', 'console.log("a\\nno network"); process.exitCode = 75'] },
  ];
  const results = await runGates(gates, (text) => printed.push(text));
  const verdicts = Object.fromEntries(results.map((result) => [result.name, result.passed]));
  expect(verdicts).toEqual({ good: true, bad: false, killed: false, absent: false, impossible: false });
  expect(results.filter((result) => result.skipped !== undefined)).toMatchObject([
    { name: 'impossible', skipped: 'no network' },
  ]);
  expect(results.find((result) => result.name === 'bad')?.output).toContain('line 7 is wrong');
  expect(results.find((result) => result.name === 'absent')?.output).toContain('ENOENT');
  expect(printed.join('\n')).toContain('↓ impossible');
  expect(printed.join('\n')).toMatch(/✗ bad \(\d+\.\d s\)\n {4}line 7 is wrong/);
});
