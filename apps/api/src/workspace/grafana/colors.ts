// https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#color-scheme
import { cut, textOf } from './loose-json.ts';

const HUES: readonly (readonly [name: string, shades: readonly string[]])[] = [
  ['red', ['#C4162A', '#E02F44', '#F2495C', '#FF7383', '#FFA6B0']],
  ['orange', ['#FA6400', '#FF780A', '#FF9830', '#FFB357', '#FFCB7D']],
  ['yellow', ['#E0B400', '#F2CC0C', '#FADE2A', '#FFEE52', '#FFF899']],
  ['green', ['#37872D', '#56A64B', '#73BF69', '#96D98D', '#C8F2C2']],
  ['blue', ['#1F60C4', '#3274D9', '#5794F2', '#8AB8FF', '#C0D8FF']],
  ['purple', ['#8F3BB8', '#A352CC', '#B877D9', '#CA95E5', '#DEB6F2']],
];
const SHADES = ['dark-', 'semi-dark-', '', 'light-', 'super-light-'];

const NAMED: ReadonlyMap<string, string> = new Map(
  HUES.flatMap(([hue, shades]) => shades.map((color, at) => [`${SHADES[at]}${hue}`, color] as const)),
);

const CSS = /^(?:#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/]{1,32}\)|[a-z]{3,20})$/i;

/** A colour that CSS knows; empty for none. */
export function colorOf(value: unknown): string {
  const text = textOf(value).trim();
  const color = NAMED.get(text) ?? text;
  return CSS.test(color) && color !== 'transparent' && color !== 'text' ? cut(color, 40) : '';
}
