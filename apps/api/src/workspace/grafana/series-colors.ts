// https://grafana.com/docs/grafana/latest/panels-visualizations/configure-overrides/
import type { SeriesColor } from '@aegisguard/model';
import { colorOf } from './colors.ts';
import { cut, type LooseObject, objectOf, objectsOf, textOf } from './loose-json.ts';
import { type KnownName, namedOverrides } from './named-overrides.ts';
import type { Note } from './remarks.ts';

const COLORS_MAX = 100;
const NAME_CHARS_MAX = 500;

/** The colours of series, of overrides by name. */
export function seriesColorsOf(panel: LooseObject, note: Note): SeriesColor[] {
  const colors = namedOverrides(panel, plainLegends(panel), note).flatMap(({ name, properties }) =>
    properties.flatMap(({ id, value }) => {
      const color = id === 'color' ? fixedColorOf(value) : '';
      if (color === '') {
        note(`the override of “${id}” of a series`, 'Series have colours of their own; all else is of the panel.');
      }
      return color === '' ? [] : [colorOfSeries(name, color)];
    }),
  );
  return limited(colors, note);
}

/** Series that are called alike whatever is answered. */
function plainLegends({ targets }: LooseObject): readonly KnownName[] {
  return objectsOf(targets)
    .map(({ legendFormat, refId }) => ({ name: textOf(legendFormat), ref: textOf(refId) }))
    .filter(({ name }) => name !== '' && name !== '__auto' && !/\{\{|\$/.test(name));
}

/** Of a graph of before Grafana 8. */
export function oldSeriesColorsOf({ aliasColors, seriesOverrides }: LooseObject, note: Note): SeriesColor[] {
  const byAlias = Object.entries(objectOf(aliasColors)).map(([name, color]) => colorOfSeries(name, colorOf(color)));
  const byOverride = objectsOf(seriesOverrides).flatMap(({ alias, color, ...others }) => {
    const name = textOf(alias);
    const isRegex = /^\/.*\/$/.test(name);
    if (isRegex || Object.keys(others).length > 0) {
      note('overrides of series', 'Series have colours of their own, by name; all else is of the panel.');
    }
    return isRegex ? [] : [colorOfSeries(name, colorOf(color))];
  });
  return limited(
    [...byAlias, ...byOverride].filter(({ color }) => color !== ''),
    note,
  );
}

/** A colour that all values have; empty for other schemes. */
export function fixedColorOf(value: unknown): string {
  const { mode, fixedColor } = objectOf(value);
  return mode === 'fixed' ? colorOf(fixedColor) : '';
}

function colorOfSeries(name: string, color: string): SeriesColor {
  return { name: cut(name, NAME_CHARS_MAX), color };
}

function limited(colors: SeriesColor[], note: Note): SeriesColor[] {
  if (colors.length > COLORS_MAX) {
    note('colours of series', `A panel has at most ${COLORS_MAX}; the others were left out.`);
  }
  return colors.slice(0, COLORS_MAX);
}
