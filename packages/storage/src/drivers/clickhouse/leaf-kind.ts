/** How a leaf's text stands for its value. The numbers are in stored shapes: never reuse one. */
export const LEAF_KINDS = {
  string: 0,
  number: 1,
  boolean: 2,
  /** JSON text: arrays, and objects deeper than `DEPTH_MAX`. */
  json: 3,
  /** JSON text of a string that has lone surrogates, which UTF-8 cannot say. */
  escaped: 4,
  /** −0, which JSON can say but `String(-0)` does not. */
  negativeZero: 5,
} as const;

/** A value's kind. */
export type LeafKind = (typeof LEAF_KINDS)[keyof typeof LEAF_KINDS];
