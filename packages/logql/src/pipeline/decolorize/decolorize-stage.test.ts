import { describe, expect, it } from 'vitest';
import { runStages } from '../testing/run-stages.ts';

describe('decolorize', () => {
  it.each([
    ['plain', 'plain'],
    ['\u001b[0;32mgreen\u001b[0m \u001b[0;31mred\u001b[0m', 'green red'],
    ['\u001b[1m\u001b[38;5;196mx\u001b[m', 'x'],
    ['\u009b31mx', 'x'],
    ['\u001b]0;title\u0007x', 'x'],
    ['\u001b[2Kx\u001b[1A', 'x'],
    ['\u001b[31;é', ';é'],
    ['\u001b[é', '\u001b[é'],
    ['\u001b', '\u001b'],
    ['\u001b\u001b[0mx', '\u001bx'],
    ['\u001b[12345mx', 'mx'],
  ])('%j', (line, cleared) => {
    expect(runStages([{ kind: 'decolorize' }], line)?.line).toBe(cleared);
  });
});
