import type { LabelMatcher, LogLabels } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../syntax/ast/stage.ts';
import { runStages } from '../testing/run-stages.ts';

const LABELS: LogLabels = {
  stream: { app: 'web', env: 'prod' },
  metadata: { user: 'ann' },
  derived: { level: 'info' },
  isPushed: true,
};
const JSON_STAGE: Stage = { kind: 'json', extractions: [] };
const ERRORS = { __error__: 'JSONParserErr', __error_details__: expect.any(String) };

function select(kind: 'drop' | 'keep', labels: readonly (string | LabelMatcher)[], line: string): unknown {
  return runStages([JSON_STAGE, { kind, labels }], line, LABELS)?.labels;
}

const is = (name: string, value: string): LabelMatcher => ({ name, op: '=', value });

describe('drop', () => {
  it.each<[labels: readonly (string | LabelMatcher)[], line: string, left: Record<string, unknown>]>([
    [['app', 'user', 'a', 'absent'], '{"a":"1","b":"2"}', { env: 'prod', b: '2' }],
    [[is('app', 'web'), is('env', 'x'), is('a', '1')], '{"a":"1"}', { env: 'prod', user: 'ann' }],
    [[{ name: 'app', op: '=~', value: 'w.*' }], '{}', { env: 'prod', user: 'ann' }],
    [['__error__'], 'x', { app: 'web', env: 'prod', user: 'ann', __error_details__: expect.any(String) }],
    [['__error__', '__error_details__'], 'x', { app: 'web', env: 'prod', user: 'ann' }],
    [[is('__error__', 'JSONParserErr'), '__error_details__'], 'x', { app: 'web', env: 'prod', user: 'ann' }],
    [[is('__error__', 'other')], 'x', { app: 'web', env: 'prod', user: 'ann', ...ERRORS }],
  ])('%j of %s', (labels, line, left) => {
    expect(select('drop', labels, line)).toEqual(left);
  });

  it('hides what metadata had when a template replaced it', () => {
    const user: Stage = { kind: 'label-format', formats: [{ label: 'user', template: 'bob' }] };
    expect(runStages([user, { kind: 'drop', labels: ['user'] }], '', LABELS)?.labels).toEqual({
      app: 'web',
      env: 'prod',
    });
  });
});

describe('keep', () => {
  it.each<[labels: readonly (string | LabelMatcher)[], line: string, left: Record<string, unknown>]>([
    [['app', 'a', 'absent'], '{"a":"1","b":"2"}', { app: 'web', a: '1' }],
    [[is('app', 'web'), is('env', 'x'), is('user', 'ann')], '{}', { app: 'web', user: 'ann' }],
    [['app'], 'x', { app: 'web', ...ERRORS }],
    [[is('app', 'x'), 'app'], '{}', { app: 'web' }],
  ])('%j of %s', (labels, line, left) => {
    expect(select('keep', labels, line)).toEqual(left);
  });

  it('leaves no derived label but those that are kept', () => {
    const level: Stage = { kind: 'label-filter', filter: { kind: 'text', matcher: is('level', 'info') } };
    expect(runStages([{ kind: 'keep', labels: ['app'] }, level], '', LABELS)).toBeUndefined();
    expect(runStages([{ kind: 'keep', labels: ['app', 'level'] }, level], '', LABELS)).toBeDefined();
  });
});
