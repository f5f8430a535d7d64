import {
  DEFAULT_PRIVACY_POLICY,
  type IngestEnvelope,
  LogPipelines,
  type LogRecord,
  nanosFromMs,
  parseOrgId,
} from '@aegisguard/model';
import {
  createScrubber,
  createUserAgentLookup,
  LogRules,
  NO_GEO,
  ScrubTally,
  type StageContext,
} from '@aegisguard/pipeline';
import { expect, it } from 'vitest';
import { runLogStages } from './apply-rules.ts';

const RECEIVED_AT_MS = 1_795_348_800_000;
const envelope: IngestEnvelope = {
  v: 1,
  orgId: parseOrgId('11111111-1111-4111-8111-111111111111'),
  signal: 'logs',
  format: 'native-json',
  batchId: '019ab000-0000-7000-8000-000000000000',
  keyId: 'key',
  receivedAtMs: RECEIVED_AT_MS,
  retentionDays: 30,
  accepted: 1,
  rejected: [],
  clientAddress: '203.0.113.7',
};
const context = (): StageContext => ({
  envelope,
  scrubber: createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32)),
  tally: new ScrubTally(),
  geo: NO_GEO,
  userAgents: createUserAgentLookup(),
});

function recordOf(message: string, index: number): LogRecord {
  return {
    timestamp: nanosFromMs(RECEIVED_AT_MS),
    level: 'info',
    severityNumber: 0,
    severityText: '',
    service: 'shop',
    message,
    host: '',
    env: '',
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    details: {},
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
}

const run = (messages: readonly string[], pipelines: object | undefined) =>
  runLogStages(
    messages.map(recordOf),
    context(),
    pipelines === undefined ? undefined : new LogRules(LogPipelines.parse(pipelines)),
  );

it('what rules extract is scrubbed as well', () => {
  const { records } = run(['mail:jo.doe at example.com'], {
    rules: [
      {
        name: 'mail',
        steps: [
          { kind: 'regex', expression: 'mail:(?P<name>\\S+) at (?P<domain>\\S+)', store: false },
          { kind: 'template', source: 'mail', template: '{{ .name }}@{{ .domain }}' },
          { kind: 'attributes', attributes: { mail: '' } },
        ],
      },
    ],
  });
  expect(records[0]?.attributes.mail).toBe('[REDACTED:email]');
  expect(records[0]?.details.scrubbed).toEqual({ email: 1 });
});

it('a message that a rule unwraps is read as if it had come alone, and so is its level', () => {
  const inner = '{"level":"error","user":"al","msg":"no"}';
  const { records } = run([JSON.stringify({ log: inner, stream: 'stderr' })], {
    rules: [
      {
        name: 'docker',
        steps: [
          { kind: 'json', expressions: { log: '' }, store: false },
          { kind: 'output', source: 'log' },
        ],
      },
    ],
  });
  expect(records[0]).toMatchObject({ message: inner, level: 'error', attributes: { user: 'al', msg: 'no' } });
});

it('rules see what was read, drop, count, and say how long', () => {
  const messages = ['level=debug a=1', 'level=info a=2', 'level=error a=3'];
  const { records, ruled } = run(messages, {
    rules: [
      { name: 'noise', selector: '{level="debug"}', steps: [{ kind: 'drop', expression: '.' }] },
      { name: 'bad', selector: '{a="3"}', steps: [{ kind: 'regex', source: 'big', expression: 'x' }] },
    ],
    retention: [{ selector: '{level="error"}', days: 365 }],
  });
  expect(records.map(({ index, retentionDays }) => [index, retentionDays])).toEqual([
    [1, undefined],
    [2, 365],
  ]);
  expect(ruled).toEqual({ dropped: 1, failed: 0 });
});

it('without rules logs go through the same stages', () => {
  const messages = ['level=warn user=al mail=jo@example.com', 'plain'];
  const none = run(messages, undefined);
  expect(none.ruled).toBeUndefined();
  expect(run(messages, {}).records).toEqual(none.records);
});
