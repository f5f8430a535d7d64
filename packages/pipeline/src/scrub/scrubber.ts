import { DETECTORS, type PrivacyPolicy } from '@aegisguard/model';
import { ALL_DETECTORS } from './all-detectors.ts';
import { createAllowedFields, detectorBit } from './allowed-fields.ts';
import { type CustomMatcher, createCustomRules } from './custom-rules.ts';
import type { Field } from './detector.ts';
import { decodeEscapes, type EscapeView } from './escape-view.ts';
import { createNameStrength, NameStrength } from './field-names.ts';
import { type Finding, mergeFindings } from './findings.ts';
import { isOwnOutput, mayHaveOwnOutput } from './own-output.ts';
import { createReplace, type Replace } from './replacement.ts';
import { featuresOf, TextFeature } from './text-features.ts';
import { type ActiveDetector, TextSearch } from './text-search.ts';

/** Told of every replacement: a `DetectorName` or `custom:<rule>`, the strategy, and where in the original text. */
export type OnScrubbed = (detector: string, strategy: string, start: number, end: number) => void;

/** One organization's policy over texts. */
export interface Scrubber {
  readonly policy: PrivacyPolicy;
  /** The text with everything replaced that the policy wants replaced; the same string when there is nothing. */
  scrubText(text: string, field: Field, onScrubbed: OnScrubbed): string;
  /** The strategy for everything below a field of this name (`password`, `authorization`): undefined when the name says nothing. The name as it was sent: its capitals tell `nextPageToken` from `pagetoken`. */
  secretStrategyOf(field: Field): string | undefined;
  /** What a finding becomes under a strategy. */
  replace(detector: string, strategy: string, found: string): string;
}

/** Public addresses stay in this label: it names the machine that was scraped, and truncated ones would make one series of many. */
const MACHINE_PLACE = 'labels.instance';
const IP_BIT = detectorBit('ip');
const SECRET_BIT = detectorBit('secret');
const ALL_BITS = DETECTORS.reduce((bits, name) => bits | detectorBit(name), 0);
const CUSTOM = 'custom:';
const NO_RULES: readonly (readonly Finding[])[] = [];
/** Before every detector: a text that could not be looked through goes as a whole, under one name. */
const TIMEOUT_RANK = -1;

/** `hashKey` is the organization's own; 32 bytes. */
export function createScrubber(policy: PrivacyPolicy, hashKey: Uint8Array): Scrubber {
  const active = activeDetectors(policy);
  const rules = createCustomRules(policy);
  const allowed = createAllowedFields(policy.allowedFields);
  const strengthOf = createNameStrength(policy.secretFields);
  const replace = createReplace(hashKey);

  const search = new TextSearch();
  /** Nearly all texts have no feature, and then nothing looks at them. */
  const isCleanWithoutFeatures = rules.length === 0 && active.every(({ detector }) => detector.needs !== 0);

  const scrubText = (text: string, field: Field, onScrubbed: OnScrubbed): string => {
    const plainBits = featuresOf(text);
    if (plainBits === 0 && isCleanWithoutFeatures) {
      return text;
    }
    const view = (plainBits & TextFeature.escapes) === 0 ? undefined : decodeEscapes(text);
    const seen = view === undefined ? text : view.text;
    const wanted = wantedOf(view === undefined ? plainBits : featuresOf(seen));
    if (wanted.length + rules.length === 0) {
      return text;
    }
    const off = detectorsOff(field);
    const found = search.run(wanted, off, seen, view, field);
    const byRules =
      off === ALL_BITS || rules.length === 0
        ? NO_RULES
        : rules.map((rule, at) => findingsOfRule(rule, DETECTORS.length + at, seen, view));
    const findings = byRules.length === 0 ? found : found.concat(...byRules);
    return findings.length === 0 ? text : write(text, findings, replace, onScrubbed);
  };

  const wantedByBits = new Map<number, readonly ActiveDetector[]>();
  /** The detectors that a text with these features is shown to: there are few combinations. */
  const wantedOf = (bits: number): readonly ActiveDetector[] => {
    let wanted = wantedByBits.get(bits);
    if (wanted === undefined) {
      wanted = active.filter(({ detector }) => (bits & detector.needs) === detector.needs);
      wantedByBits.set(bits, wanted);
    }
    return wanted;
  };

  const detectorsOff = (field: Field): number =>
    allowed.allowedAt(field) | (field.place === MACHINE_PLACE ? IP_BIT : 0);

  return {
    policy,
    scrubText,
    secretStrategyOf(field) {
      if (strengthOf(field.name) < NameStrength.token) {
        return undefined;
      }
      return (allowed.allowedAt(field) & SECRET_BIT) === 0 ? policy.detectors.secret : 'keep';
    },
    replace(detector, strategy, found) {
      const kind = detector.startsWith(CUSTOM) ? detector.slice(CUSTOM.length) : detector;
      return replace({ detector, kind, strategy, value: found, start: 0, end: found.length, rank: 0 });
    },
  };
}

/** What a rule finds. One that ran out of time lets nothing through: the whole text goes. */
function findingsOfRule(
  { find, name, strategy }: CustomMatcher,
  rank: number,
  seen: string,
  view: EscapeView | undefined,
): readonly Finding[] {
  const found: Finding[] = [];
  const add = (kind: string, as: string, start: number, end: number) =>
    found.push({
      start: view?.starts[start] ?? start,
      end: view?.starts[end] ?? end,
      detector: `${CUSTOM}${name}`,
      kind,
      strategy: as,
      value: seen.slice(start, end),
      rank: kind === 'timeout' ? TIMEOUT_RANK : rank,
    });
  if (!find(seen, (start, end) => add(name, strategy, start, end))) {
    found.length = 0;
    add('timeout', 'redact', 0, seen.length);
  }
  return found;
}

function activeDetectors(policy: PrivacyPolicy): readonly ActiveDetector[] {
  return ALL_DETECTORS.flatMap((create) => create(policy))
    .map((detector) => ({
      detector,
      strategy: policy.detectors[detector.name],
      bit: detectorBit(detector.name),
      rank: DETECTORS.indexOf(detector.name),
    }))
    .filter(({ strategy }) => strategy !== 'keep');
}

function write(text: string, findings: readonly Finding[], replace: Replace, onScrubbed: OnScrubbed): string {
  let written = '';
  let kept = 0;
  const others = mayHaveOwnOutput(text)
    ? findings.filter(({ start, end }) => !isOwnOutput(text, start, end))
    : findings;
  for (const finding of mergeFindings(others)) {
    const replacement = replace(finding);
    // A truncated address is an address, and its own truncation.
    if (replacement === text.slice(finding.start, finding.end)) {
      continue;
    }
    written += text.slice(kept, finding.start) + replacement;
    kept = finding.end;
    onScrubbed(finding.detector, finding.strategy, finding.start, finding.end);
  }
  return kept === 0 && written === '' ? text : written + text.slice(kept);
}
