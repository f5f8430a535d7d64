import type { LogPipelines } from '@aegisguard/model';

/** A rule to begin with. */
export interface RuleTemplate {
  readonly title: string;
  readonly about: string;
  readonly rule: LogPipelines['rules'][number];
}

const everyLog = (words: string): string => `{} |= ${JSON.stringify(words)}`;

/** Rules to begin with, each whole. */
export const RULE_TEMPLATES: readonly RuleTemplate[] = [
  {
    title: 'Drop debug logs',
    about: 'What nobody reads need not be stored. The level is known before rules, from JSON and logfmt, too.',
    rule: {
      name: 'Drop debug',
      enabled: true,
      selector: '{level=~"debug|trace"}',
      steps: [{ kind: 'drop', sources: ['level'], separator: ';' }],
    },
  },
  {
    title: 'Read access logs',
    about:
      'Lines in the combined format get their own time, and attributes: clientip, verb, request, response, bytes, referrer, agent.',
    rule: {
      name: 'Access log',
      enabled: true,
      selector: everyLog(' HTTP/'),
      steps: [
        { kind: 'grok', patterns: ['%{COMBINEDAPACHELOG}'], definitions: {}, store: true },
        {
          kind: 'timestamp',
          source: 'timestamp',
          formats: ['02/Jan/2006:15:04:05 -0700'],
          onFailure: 'skip',
        },
        { kind: 'drop-attributes', names: ['timestamp'] },
      ],
    },
  },
  {
    title: 'Unwrap JSON',
    about: 'The text in a member of JSON becomes the message, and is read as if it had come so.',
    rule: {
      name: 'Unwrap JSON',
      enabled: true,
      selector: everyLog('"log":'),
      steps: [
        { kind: 'json', expressions: { log: '' }, dropMalformed: false, store: false },
        { kind: 'output', source: 'log' },
      ],
    },
  },
  {
    title: 'Keep a tenth of health checks',
    about: 'A sample still shows that they come, and costs a tenth.',
    rule: {
      name: 'Health checks',
      enabled: true,
      selector: everyLog('/health'),
      steps: [{ kind: 'sample', rate: 0.1 }],
    },
  },
];
