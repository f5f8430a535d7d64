import { compileMatcher, compilePipeline, type PipelineLine, parseLogQuery } from '@aegisguard/logql';
import { type LabelMatcher, LOG_LEVELS, type LogLabels, type LogRecord, labelValue } from '@aegisguard/model';
import type { RecordLine } from './record-line.ts';

/** What a tail's query does with a log. */
export interface TailFilter {
  /** Whether it passes the selector and what is asked of its line before any parser, which costs little. */
  selects(log: RecordLine): boolean;
  /** A selected log as the query leaves it; undefined when a later stage drops it. Valid until the next call. */
  run(log: RecordLine): PipelineLine | undefined;
}

type LogTest = (log: RecordLine) => boolean;

const NO_LABELS: LogLabels = { stream: {}, metadata: {}, derived: {}, isPushed: false };
const LEVELS: ReadonlySet<string> = new Set(LOG_LEVELS);

/** Labels that a record has at hand; the store, too, looks at these columns for them. A level is also found by the text that was sent for it. */
const TEXTS_AT_HAND: Readonly<Record<string, (record: LogRecord) => readonly string[]>> = {
  service: ({ service }) => [service],
  service_name: ({ service }) => [service],
  host: ({ host }) => [host],
  env: ({ env }) => [env],
  level: levelTexts,
  detected_level: levelTexts,
};

/** Makes a tail's query ready. Throws for one that does not parse or gives numbers. What costs least is looked at first: a log's labels are made only for those that pass the rest. */
export function compileTailFilter(text: string): TailFilter {
  const { matchers, stages } = parseLogQuery(text);
  const isAtHand = ({ name }: LabelMatcher) => Object.hasOwn(TEXTS_AT_HAND, name);
  const first = matchers.filter(isAtHand).map(columnTest);
  const others = matchers.filter((matcher) => !isAtHand(matcher)).map(labelTest);
  const lineFilters = stages.findIndex(({ kind }) => kind !== 'line-filter');
  const ofLine = lineFilters < 0 ? stages.length : lineFilters;
  const onLine = compilePipeline(stages.slice(0, ofLine));
  const onLabels = compilePipeline(stages.slice(ofLine));
  const fitsLine: LogTest = ({ timestamp, line }) =>
    ofLine === 0 || onLine.process({ timestamp, line, labels: NO_LABELS }) !== undefined;
  const tests = [...first, fitsLine, ...others];
  return { selects: (log) => tests.every((test) => test(log)), run: (log) => onLabels.process(log) };
}

function columnTest(matcher: LabelMatcher): LogTest {
  const textsOf = TEXTS_AT_HAND[matcher.name] as (record: LogRecord) => readonly string[];
  // A matcher that denies is the opposite of the one that affirms, for all texts together.
  const isDenied = matcher.op === '!=' || matcher.op === '!~';
  const fits = compileMatcher(isDenied ? { ...matcher, op: matcher.op === '!=' ? '=' : '=~' } : matcher);
  return ({ record }) => textsOf(record).some((value) => fits(value)) !== isDenied;
}

function labelTest(matcher: LabelMatcher): LogTest {
  const fits = compileMatcher(matcher);
  return ({ labels }) => fits(labelValue(labels, matcher.name) ?? '');
}
function levelTexts({ level, severityText }: LogRecord): readonly string[] {
  return severityText === '' || LEVELS.has(severityText) ? [level] : [level, severityText];
}
