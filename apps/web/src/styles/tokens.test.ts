import { readFileSync } from 'node:fs';
import { LOG_LEVELS } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { SERIES_COLORS } from '../charts/prepare/line-series.ts';

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(theme: string): Map<string, string> {
  const block = css.split(`:root[data-theme="${theme}"] {`)[1]?.split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

function linear(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [x, y] = [a, b].map((hex) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }) as [number, number];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** https://bottosson.github.io/posts/oklab/ */
function oklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Full-severity matrices of Machado, Oliveira and Fernandes (2009), over linear RGB. */
const VISIONS: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(rows: readonly Rgb[], color: Rgb): Rgb {
  const [red, green, blue] = rows.map((row) =>
    Math.min(1, Math.max(0, row[0] * color[0] + row[1] * color[1] + row[2] * color[2])),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

describe.each(['light', 'dark'])('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const token = (name: string): string => {
    const value = tokens.get(name);
    expect(value, name).toBeDefined();
    return value ?? '';
  };
  const surfaces = ['canvas', 'surface', 'raised', 'hover', 'selected'];

  it.each([
    'text',
    'text-muted',
    'text-subtle',
    'accent',
    'danger',
    'ok',
    'warn',
    'syntax-label',
    'syntax-string',
    'syntax-number',
    'syntax-operator',
    'syntax-keyword',
    ...LOG_LEVELS.map((level) => `level-${level}-text`),
  ])('%s is readable on every surface', (name) => {
    for (const surface of surfaces) {
      expect(contrast(token(name), token(surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  const series = Array.from({ length: SERIES_COLORS }, (_, index) => `series-${index + 1}`);
  it.each(['line-input', 'focus', ...series, ...LOG_LEVELS.map((level) => `level-${level}`)])(
    '%s stands out as a mark',
    (name) => {
      for (const surface of ['canvas', 'surface', 'raised', 'hover']) {
        expect(contrast(token(name), token(surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it.each([
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['on-danger', 'danger'],
    ['on-danger', 'danger-hover'],
    ...['danger', 'ok', 'warn'].flatMap((tone) => [
      [tone, `${tone}-surface`],
      ['text', `${tone}-surface`],
    ]),
    ['accent', 'selected'],
    ['mark-text', 'mark'],
  ])('%s is readable on %s', (front = '', back = '') => {
    expect(contrast(token(front), token(back))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.keys(VISIONS))('levels differ by well over a just noticeable difference with %s', (vision) => {
    const points = LOG_LEVELS.map((level) => oklab(seen(VISIONS[vision] ?? [], linear(token(`level-${level}`)))));
    for (const [index, a] of points.entries()) {
      for (const [offset, b] of points.slice(index + 1).entries()) {
        const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        // 0.02 in OKLab is about one just noticeable difference.
        expect(distance, `${LOG_LEVELS[index]} and ${LOG_LEVELS[index + 1 + offset]}`).toBeGreaterThan(0.09);
      }
    }
  });
});
