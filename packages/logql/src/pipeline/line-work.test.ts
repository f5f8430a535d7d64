import type { LogLabels } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../syntax/ast/stage.ts';
import { compilePipeline } from './compile-pipeline.ts';

const LABELS: LogLabels = { stream: { app: 'xy'.repeat(30_000) }, metadata: {}, derived: {}, isPushed: true };
/** Takes each of its many threads along at every character. */
const SLOW = '(x?y?){300}z';

function cpuMs(run: () => void): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function process1(stages: readonly Stage[], line: string) {
  return compilePipeline(stages).process({ timestamp: 0n, line, labels: LABELS });
}

describe('a line', () => {
  it.each<[string, readonly Stage[]]>([
    ['expressions', [{ kind: 'regexp', expression: `(?P<a>${SLOW})` }]],
    [
      'many of them',
      Array.from({ length: 60 }, () => ({ kind: 'line-filter', op: '!~', operands: [{ kind: 'text', value: SLOW }] })),
    ],
    [
      'matchers',
      Array.from({ length: 60 }, () => ({
        kind: 'label-filter',
        filter: { kind: 'text', matcher: { name: 'app', op: '!~', value: SLOW } },
      })),
    ],
    [
      'templates',
      Array.from({ length: 100 }, () => ({ kind: 'line-format', template: '{{ range $i := 90000 }}{{ end }}' })),
    ],
    [
      'expressions in templates',
      Array.from({ length: 20 }, () => ({
        kind: 'line-format',
        template: `{{ count "${SLOW}" __line__ }}{{ __line__ }}`,
      })),
    ],
  ])('is not held for long by %s', (_what, stages) => {
    const line = 'xy'.repeat(256 * 1024);
    expect(cpuMs(() => process1(stages, line))).toBeLessThan(6000);
  });

  it('has each time as much', () => {
    const pipeline = compilePipeline([{ kind: 'line-filter', op: '|~', operands: [{ kind: 'text', value: 'a+b+c' }] }]);
    const log = { timestamp: 0n, line: `${'-'.repeat(50_000)}abc`, labels: LABELS };
    for (let times = 0; times < 100; times += 1) {
      expect(pipeline.process(log)).toBeDefined();
    }
  });
});
