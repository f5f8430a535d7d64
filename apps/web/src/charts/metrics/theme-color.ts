import { SERIES_COLORS } from '../prepare/line-series.ts';

/** A colour of the theme as it is now, by the name of its token; a canvas does not know CSS variables. */
export function themeColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The token of the colour of a series by its place. */
function seriesToken(index: number): string {
  return `series-${(index % SERIES_COLORS) + 1}`;
}

/** The CSS colour of a series by its place, for elements. */
export function seriesColor(index: number): string {
  return `var(--${seriesToken(index)})`;
}

const NAMED: Readonly<Record<string, string>> = {
  green: 'var(--ok)',
  yellow: 'var(--warn)',
  orange: 'var(--level-warn)',
  red: 'var(--danger)',
  blue: 'var(--series-1)',
  purple: 'var(--series-5)',
};

/** What a threshold's or an annotation's colour means here: names are the theme's own, others are taken as CSS. `fallback` when it is no colour. */
export function namedColor(color: string, fallback: string): string {
  const plain = color.replace(/^(?:semi-|super-)?(?:light|dark)-/, '');
  const named = NAMED[plain];
  if (named !== undefined) {
    return named;
  }
  return color !== '' && CSS.supports('color', color) ? color : fallback;
}

/** A colour of somebody's choice as a text has it: as light or dark as the theme needs to be read. */
export function readableColor(color: string): string {
  const known = namedColor(color, 'var(--text)');
  return known.startsWith('var(')
    ? known
    : `oklch(from ${known} clamp(var(--readable-from), l, var(--readable-to)) c h)`;
}

/** The CSS colour of a series: its own, else that of its place. */
export function colorOfSeries({ color = '' }: { readonly color?: string }, place: number): string {
  return namedColor(color, seriesColor(place));
}

/** An element's colour as the canvas needs it. */
export function canvasColor(color: string): string {
  const token = /^var\(--([\w-]+)\)$/.exec(color)?.[1];
  return token === undefined ? color : themeColor(token);
}
