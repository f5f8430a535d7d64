import { themeColor } from '../../../charts/metrics/theme-color.ts';
import { FAILED, type Minimap, NOTHING } from '../model/minimap.ts';

function rgb(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Paints the cells of a minimap, a pixel each; the canvas is stretched to its place. */
export function paintMinimap(canvas: HTMLCanvasElement, { cells, width, lines }: Minimap): void {
  canvas.width = width;
  canvas.height = lines;
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  const series = Array.from({ length: 8 }, (_, place) => rgb(themeColor(`series-${place + 1}`)));
  const danger = rgb(themeColor('danger'));
  const image = context.createImageData(width, lines);
  cells.forEach((cell, index) => {
    if (cell !== NOTHING) {
      const color = cell === FAILED ? danger : (series[cell] ?? danger);
      image.data.set(color, index * 4);
      image.data[index * 4 + 3] = 255;
    }
  });
  context.putImageData(image, 0, 0);
}
