import { DETECTORS, type DetectorName } from '@aegisguard/model';
import type { Scrubber } from '../scrubber.ts';
import type { LabelledText } from './corpora/labelled-text.ts';

/** What a scrubber made of the texts of one kind. */
export interface Figure {
  readonly detector: string;
  /** Labelled values. */
  readonly positives: number;
  /** Of them, those of which nothing was left. */
  readonly found: number;
  /** Of them, those of which nothing was left and around which nothing else was taken. */
  readonly exact: number;
  /** Texts without any label. */
  readonly lookAlikes: number;
  /** Of them, those that this detector touched. */
  readonly falseAlarms: number;
  /** The first labelled texts that were not found, and the first false alarms, for people. */
  readonly missed: readonly string[];
  readonly alarms: readonly string[];
}

const EXAMPLES_MAX = 5;

interface Range {
  readonly detector: string;
  readonly start: number;
  readonly end: number;
}

/** Figures per kind over texts, in the order of `DETECTORS`. A value counts as found whichever detector took it: what matters is that it is gone. */
export function measureFigures(scrubber: Scrubber, texts: Iterable<LabelledText>): readonly Figure[] {
  const figures = new Map(DETECTORS.map((detector) => [detector, emptyFigure(detector)]));
  let lookAlikes = 0;
  for (const labelled of texts) {
    const ranges = findings(scrubber, labelled);
    if (labelled.label === undefined) {
      lookAlikes += 1;
      for (const detector of new Set(ranges.map((range) => range.detector))) {
        noteAlarm(figures.get(detector as DetectorName), labelled.text);
      }
    } else notePositive(figures.get(labelled.label.kind), labelled, ranges);
  }
  return [...figures.values()].map((figure) => ({ ...figure, lookAlikes }));
}

/** The share of labelled values that were found. */
export function recall({ positives, found }: Pick<Figure, 'positives' | 'found'>): number {
  return positives === 0 ? 1 : found / positives;
}

/** The share of findings that were right: of those in labelled texts and the false alarms together. */
export function precision({ found, falseAlarms }: Pick<Figure, 'found' | 'falseAlarms'>): number {
  return found + falseAlarms === 0 ? 1 : found / (found + falseAlarms);
}

/** The share of clean texts that were left alone. */
export function specificity({ lookAlikes, falseAlarms }: Pick<Figure, 'lookAlikes' | 'falseAlarms'>): number {
  return lookAlikes === 0 ? 1 : 1 - falseAlarms / lookAlikes;
}

type Counts = { -readonly [Key in keyof Figure]: Figure[Key] extends readonly string[] ? string[] : Figure[Key] };

function emptyFigure(detector: DetectorName): Counts {
  return { detector, positives: 0, found: 0, exact: 0, lookAlikes: 0, falseAlarms: 0, missed: [], alarms: [] };
}

// Of a text in a field whose name says that it is a secret, all goes.
function findings(scrubber: Scrubber, { text, field }: LabelledText): readonly Range[] {
  const place = { name: field.toLowerCase(), place: field === 'message' ? field : `attributes.${field}` };
  if (scrubber.secretStrategyOf(place) !== undefined) return [{ detector: 'secret', start: 0, end: text.length }];
  const ranges: Range[] = [];
  scrubber.scrubText(text, place, (detector, _strategy, start, end) => ranges.push({ detector, start, end }));
  return ranges.sort((a, b) => a.start - b.start);
}

function noteAlarm(figure: Counts | undefined, text: string): void {
  if (figure === undefined) return;
  figure.falseAlarms += 1;
  if (figure.alarms.length < EXAMPLES_MAX) figure.alarms.push(text);
}

function notePositive(figure: Counts | undefined, labelled: LabelledText, ranges: readonly Range[]): void {
  if (figure === undefined || labelled.label === undefined) return;
  const { start, end } = labelled.label;
  figure.positives += 1;
  let coveredTo = start;
  for (const range of ranges) {
    if (range.start <= coveredTo) coveredTo = Math.max(coveredTo, range.end);
  }
  if (coveredTo >= end) {
    figure.found += 1;
    if (ranges.every((range) => range.start >= start && range.end <= end)) figure.exact += 1;
  } else if (figure.missed.length < EXAMPLES_MAX) figure.missed.push(labelled.text);
}
