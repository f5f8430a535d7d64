import type { DetectorName, PrivacyPolicy } from '@aegisguard/model';

/** Where a text stands. */
export interface Field {
  /** The last name of the path, in lower case: `user.email`, `password`, `message`. `''` for a text that has no name. */
  readonly name: string;
  /** The whole path, as `ScrubCount.place` has it. */
  readonly place: string;
}

/** Told of a part of the text that is to go: UTF-16 offsets, `start` inclusive, `end` exclusive. */
export type ReportFinding = (start: number, end: number) => void;

/** Something that is looked for in texts. */
export interface Detector {
  readonly name: DetectorName;
  /** Bits of `TextFeature` that a text must all have: the cheap proof that there is nothing to find. */
  readonly needs: number;
  /**
   * Reports every part of the text that it takes for its kind, in ascending order, not overlapping. Must take time linear in the text for every text, must not throw. It knows nothing of the other detectors: where findings overlap,
   * the order of `DETECTORS` decides.
   */
  find(text: string, field: Field, report: ReportFinding): void;
}

/** Makes a detector for a policy; most do not look at it. */
export type CreateDetector = (policy: PrivacyPolicy) => Detector;
