// https://kubernetes.io/docs/concepts/configuration/secret/
import type { Detector, ReportFinding } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';

const KIND = /\bkind["']?:[ \t]*["']?Secret\b/;
/** The members that hold values: to the end of the line, or the beginning of an object. */
const DATA = /(?:^|[\s,{"'])(?:data|stringData)["']?:[ \t]*(?:\r?\n|\{)/g;
/** `  name: value` of YAML. */
const LINE = /([ \t]*)[\w.-]{1,253}:[ \t]*(?:[|>][+-]?[ \t]*)?(["']?)([^\r\n"']*)\2[^\S\r\n]*(?:\r?\n|$)/y;
/** A line of a block that goes on. */
const BLOCK_LINE = /[ \t]+([A-Za-z0-9+/=]+)[ \t]*(?:\r?\n|$)/y;
/** `"name": "value",` of JSON. */
const MEMBER = /\s*"[\w.-]{1,253}"\s*:\s*"([A-Za-z0-9+/=]*)"\s*,?/dy;

function reportLines(text: string, from: number, report: ReportFinding): number {
  let at = from;
  let indent = -1;
  for (;;) {
    LINE.lastIndex = at;
    const line = LINE.exec(text);
    if (line !== null && (indent === -1 || (line[1] ?? '').length === indent) && line[0].length > 0) {
      indent = (line[1] ?? '').length;
      const value = (line[3] ?? '').trimEnd();
      const start = value === '' ? -1 : at + line[0].indexOf(value, indent + line[0].slice(indent).indexOf(':') + 1);
      if (value !== '') {
        report(start, start + value.length);
      }
      at = LINE.lastIndex;
      continue;
    }
    BLOCK_LINE.lastIndex = at;
    const block = indent === -1 ? null : BLOCK_LINE.exec(text);
    if (block?.[1] === undefined) {
      return at;
    }
    const start = at + block[0].indexOf(block[1]);
    report(start, start + block[1].length);
    at = BLOCK_LINE.lastIndex;
  }
}

function reportMembers(text: string, from: number, report: ReportFinding): number {
  let at = from;
  for (;;) {
    MEMBER.lastIndex = at;
    const value = MEMBER.exec(text)?.indices?.[1];
    if (value === undefined) {
      return at;
    }
    if (value[1] > value[0]) {
      report(value[0], value[1]);
    }
    at = MEMBER.lastIndex;
  }
}

/** The values of a manifest of Kubernetes' kind `Secret`, in YAML or JSON. */
export const kubernetesSecretDetector: Detector = {
  name: 'secret',
  needs: TextFeature.assignment,
  find(text, _field, report) {
    if (!(text.includes('Secret') && KIND.test(text))) {
      return;
    }
    DATA.lastIndex = 0;
    for (let data = DATA.exec(text); data !== null; data = DATA.exec(text)) {
      const from = DATA.lastIndex;
      DATA.lastIndex = data[0].endsWith('{') ? reportMembers(text, from, report) : reportLines(text, from, report);
    }
  },
};
