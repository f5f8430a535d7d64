/** Gives a canvas as many pixels as the screen has for it, and a pen that counts in CSS pixels; undefined where there is none. */
export function scaledCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) {
    return undefined;
  }
  context.scale(ratio, ratio);
  return context;
}
