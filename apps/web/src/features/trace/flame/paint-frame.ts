import { themeColor } from '../../../charts/metrics/theme-color.ts';

/** Height of a lane, and of what is drawn in it. */
export const LANE_PX = 22;
const FRAME_PX = 20;

/** The least width in which a word makes sense, and what a letter takes of it: measuring each text would take longer than to draw it. */
const TEXT_MIN_PX = 28;
const LETTER_PX = 5.8;

/** The theme's colours as a canvas needs them. */
export interface FrameColors {
  readonly series: readonly string[];
  readonly text: string;
  readonly subtle: string;
  readonly danger: string;
  readonly surface: string;
}

/** The colours as the theme has them now. */
export function frameColors(): FrameColors {
  return {
    series: Array.from({ length: 8 }, (_, place) => themeColor(`series-${place + 1}`)),
    text: themeColor('text'),
    subtle: themeColor('text-subtle'),
    danger: themeColor('danger'),
    surface: themeColor('surface'),
  };
}

/** A box with a name, of some service. */
export interface PaintedFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Place of the service's colour. */
  readonly place: number;
  readonly text: string;
  /** Said behind the text where there is room. */
  readonly service: string;
  readonly failed: boolean;
  /** `pale` beside what is searched for. */
  readonly look: 'usual' | 'pale' | 'found';
}

const ALPHA = { usual: 0.34, pale: 0.1, found: 0.62 } as const;

/** Prepares a pen for frames. */
export function prepareFrames(context: CanvasRenderingContext2D): void {
  context.font = '11px "Inter Variable", sans-serif';
  context.textBaseline = 'middle';
}

/** Draws a frame: a tint of the service's colour, on which every text can be read, with the colour itself at its edge. */
export function paintFrame(context: CanvasRenderingContext2D, frame: PaintedFrame, colors: FrameColors): void {
  const { x, y, width, place, failed, look } = frame;
  const color = colors.series[place] ?? colors.text;
  const shown = Math.max(1, width - (width > 3 ? 1 : 0));
  context.fillStyle = color;
  context.globalAlpha = width < 3 && look !== 'pale' ? 0.9 : ALPHA[look];
  context.fillRect(x, y, shown, FRAME_PX);
  context.globalAlpha = look === 'pale' ? 0.3 : 1;
  if (width > 3) {
    context.fillRect(x, y, 2, FRAME_PX);
  }
  if (failed) {
    context.fillStyle = colors.danger;
    context.fillRect(x, y + FRAME_PX - 3, shown, 3);
  }
  if (width >= TEXT_MIN_PX) {
    writeName(context, frame, colors);
  }
  context.globalAlpha = 1;
}

function writeName(
  context: CanvasRenderingContext2D,
  { x, y, width, text, service, failed }: PaintedFrame,
  colors: FrameColors,
): void {
  const letters = Math.floor((width - 10) / LETTER_PX);
  const words = failed ? `⚠ ${text}` : text;
  context.fillStyle = colors.text;
  if (words.length > letters) {
    context.fillText(`${words.slice(0, Math.max(1, letters - 1))}…`, x + 6, y + 10);
    return;
  }
  context.fillText(words, x + 6, y + 10);
  if (words.length + service.length + 2 <= letters) {
    // Few frames are this wide, so these are measured.
    const { width: namePx } = context.measureText(words);
    context.globalAlpha *= 0.75;
    context.fillText(service, x + namePx + 14, y + 10);
  }
}

/** Draws the border of a frame that is chosen. */
export function outlineFrame(
  context: CanvasRenderingContext2D,
  { x, y, width }: Pick<PaintedFrame, 'x' | 'y' | 'width'>,
  colors: FrameColors,
): void {
  context.strokeStyle = colors.text;
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, Math.max(1, width - 2), FRAME_PX - 2);
}
