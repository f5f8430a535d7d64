import type UPlot from 'uplot';
import type { ChartOptions } from './chart-options.ts';
import type { ChartAnnotation } from './frame.ts';
import { canvasColor, namedColor, themeColor } from './theme-color.ts';

/** Draws moments as upright lines, and thresholds as level ones. */
export function drawMarks(
  plot: UPlot,
  thresholds: ChartOptions['thresholds'],
  annotations: readonly ChartAnnotation[],
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = devicePixelRatio;
  for (const { value, color } of thresholds) {
    if (value !== null) {
      const y = Math.round(plot.valToPos(value, 'y', true));
      ctx.strokeStyle = canvasColor(namedColor(color, 'var(--warn)'));
      ctx.setLineDash([8 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
  }
  for (const { ms, color } of annotations) {
    const x = Math.round(plot.valToPos(ms, 'x', true));
    ctx.strokeStyle = color === '' ? themeColor('accent') : canvasColor(namedColor(color, 'var(--accent)'));
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
