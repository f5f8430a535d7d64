/** The steps that counts are shown in. */
export interface CountGrid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly steps: number;
}
