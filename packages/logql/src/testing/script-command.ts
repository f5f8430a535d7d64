import type { LabelValues } from '@aegisguard/model';

/** A point of an expected series; undefined for a gap. */
export type ScriptPoint = number | undefined;

/** A series that an evaluation is to give. */
export interface ScriptSeries {
  readonly labels: LabelValues;
  /** One per step. */
  readonly points: readonly ScriptPoint[];
}

/** What an evaluation is to give. */
export type ScriptExpectation =
  | { readonly kind: 'series'; readonly series: readonly ScriptSeries[]; readonly isOrdered: boolean }
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'fail'; readonly matches: (message: string) => boolean; readonly text: string };

/** A log to load; times are nanoseconds since the script's epoch. */
export interface ScriptLog {
  readonly stream: LabelValues;
  readonly metadata: LabelValues;
  readonly line: string;
  readonly time: bigint;
}

/** Asks a query. */
export interface EvaluationCommand {
  readonly kind: 'eval';
  /** From 1. */
  readonly line: number;
  readonly query: string;
  readonly isInstant: boolean;
  /** Nanoseconds since the script's epoch; of an instant, both are the same. */
  readonly start: bigint;
  readonly end: bigint;
  /** Nanoseconds; 0 of an instant. */
  readonly step: bigint;
  readonly expected: ScriptExpectation;
}

/** A command of a script. */
export type ScriptCommand =
  | { readonly kind: 'clear' }
  | { readonly kind: 'load'; readonly logs: readonly ScriptLog[] }
  | { readonly kind: 'malformed'; readonly line: number; readonly text: string; readonly problem: string }
  | EvaluationCommand;
