import type { Labels } from '@aegisguard/model';
import type { ScriptValue } from './parse-value-sequence.ts';

/** A series with its values, one a step from time 0 or from the evaluation's start. */
export interface ScriptSeries {
  readonly labels: Labels;
  readonly values: readonly ScriptValue[];
  /** Start times of loaded samples, relative to each, in ms. */
  readonly starts: readonly (number | undefined)[];
}

/** A text that an error or annotation must have; `any` has none in mind. */
export type MessageExpectation = { readonly kind: 'any' } | { readonly kind: 'msg' | 'regex'; readonly text: string };

/** Times in ms. */
export interface ScriptWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** What an evaluation must give. */
export interface Expectations {
  readonly fail: MessageExpectation | undefined;
  readonly warn: readonly MessageExpectation[];
  readonly info: readonly MessageExpectation[];
  readonly hasNoWarn: boolean;
  readonly hasNoInfo: boolean;
  readonly isOrdered: boolean;
  /** The result is a matrix with these times. */
  readonly rangeVector: ScriptWindow | undefined;
  readonly text: string | undefined;
  readonly scalar: number | undefined;
  readonly series: readonly ScriptSeries[];
}

/** `eval …`. */
export interface EvaluationCommand {
  readonly kind: 'eval';
  /** From 1. */
  readonly line: number;
  readonly query: string;
  readonly isInstant: boolean;
  readonly window: ScriptWindow;
  readonly expected: Expectations;
}

/** One command of a script. */
export type ScriptCommand =
  | { readonly kind: 'clear' }
  | {
      readonly kind: 'load';
      readonly stepMs: number;
      /** Classic histograms are loaded as native ones, too. */
      readonly hasCustomBuckets: boolean;
      readonly series: readonly ScriptSeries[];
    }
  | EvaluationCommand;
