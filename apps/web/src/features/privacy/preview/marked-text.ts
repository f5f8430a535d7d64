import type { PrivacyPreviewAnswer } from '@aegisguard/model';

/** A piece of a text; with a kind, when it was found, or stands for what was. */
export interface TextPart {
  readonly text: string;
  readonly kind: string | undefined;
}

type Finding = PrivacyPreviewAnswer['findings'][number];

/** What the scrubber writes by itself: a search for what comes after a finding must not end inside. */
const WRITTEN = /^\[(?:REDACTED|HASH):[^\]]*\]/;

/** The text that was asked about, cut at its findings. */
export function sourceParts(text: string, findings: readonly Finding[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { detector, start, end } of findings) {
    parts.push({ text: text.slice(at, start), kind: undefined }, { text: text.slice(start, end), kind: detector });
    at = end;
  }
  parts.push({ text: text.slice(at), kind: undefined });
  return parts.filter((part) => part.text !== '');
}

/** The text that came out, cut where something else stands for a finding; in one piece where that cannot be told. */
export function resultParts(text: string, { text: result, findings }: PrivacyPreviewAnswer): readonly TextPart[] {
  const whole = [{ text: result, kind: undefined }].filter((part) => part.text !== '');
  const [first] = findings;
  if (first === undefined || !result.startsWith(text.slice(0, first.start))) {
    return whole;
  }
  const parts: TextPart[] = [{ text: text.slice(0, first.start), kind: undefined }];
  let at = first.start;
  for (const [index, { detector, end }] of findings.entries()) {
    const next = findings[index + 1];
    const between = text.slice(end, next?.start);
    const from = at + (WRITTEN.exec(result.slice(at))?.[0].length ?? 0);
    const to = next === undefined ? result.length - between.length : result.indexOf(between, from);
    if (to < at || !result.startsWith(between, to)) {
      return whole;
    }
    parts.push({ text: result.slice(at, to), kind: detector }, { text: between, kind: undefined });
    at = to + between.length;
  }
  return parts.filter((part) => part.text !== '');
}
