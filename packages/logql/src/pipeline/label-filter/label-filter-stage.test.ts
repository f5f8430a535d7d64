import { describe, expect, it } from 'vitest';
import type { ComparisonOperator, LabelFilter } from '../../syntax/ast/label-filter.ts';
import type { Stage } from '../../syntax/ast/stage.ts';
import { pushedLabels, runStages, type StageResult } from '../testing/run-stages.ts';

const LABELS = pushedLabels(
  { app: 'web', status: '404', latency: '1h30m', size: '20KB', addr: '10.1.2.3', word: 'abc', empty: '' },
  { user: 'ann' },
);
const FAILED: Stage = { kind: 'json', extractions: [] };

function run(filter: LabelFilter, before: readonly Stage[] = []): StageResult | undefined {
  return runStages([...before, { kind: 'label-filter', filter }], 'a line', LABELS);
}

function text(name: string, op: '=' | '!=' | '=~' | '!~', value: string): LabelFilter {
  return { kind: 'text', matcher: { name, op, value } };
}

function number(name: string, op: ComparisonOperator, value: number): LabelFilter {
  return { kind: 'number', name, op, value, text: String(value) };
}

describe('filters of texts', () => {
  it.each<[filter: LabelFilter, isKept: boolean]>([
    [text('app', '=', 'web'), true],
    [text('app', '!=', 'web'), false],
    [text('app', '=~', 'w.*'), true],
    [text('app', '=~', 'w'), false],
    [text('app', '!~', 'w'), true],
    [text('user', '=', 'ann'), true],
    [text('absent', '=', ''), true],
    [text('absent', '!=', ''), false],
    [text('absent', '!=', 'x'), true],
    [text('absent', '=~', '.*'), true],
    [text('empty', '=', ''), true],
    [text('toString', '=', ''), true],
    [text('__proto__', '=', ''), true],
    [text('__error__', '=', ''), true],
  ])('%j', (filter, isKept) => {
    expect(run(filter) !== undefined).toBe(isKept);
  });
});

describe('filters of numbers, durations, sizes and addresses', () => {
  it.each<[filter: LabelFilter, isKept: boolean]>([
    [number('status', '=', 404), true],
    [number('status', '!=', 404), false],
    [number('status', '>', 403), true],
    [number('status', '>=', 405), false],
    [number('status', '<', 404), false],
    [number('status', '<=', 404), true],
    [number('absent', '!=', 1), false],
    [{ kind: 'duration', name: 'latency', op: '>', value: 5399e9, text: '5399s' }, true],
    [{ kind: 'duration', name: 'latency', op: '>', value: 5400e9, text: '1h30m' }, false],
    [{ kind: 'bytes', name: 'size', op: '=', value: 20_000, text: '20KB' }, true],
    [{ kind: 'ip', name: 'addr', op: '=', value: '10.0.0.0/8' }, true],
    [{ kind: 'ip', name: 'addr', op: '!=', value: '10.0.0.0/8' }, false],
    [{ kind: 'ip', name: 'absent', op: '!=', value: '10.0.0.0/8' }, false],
    [{ kind: 'ip', name: 'word', op: '!=', value: '10.0.0.0/8' }, true],
  ])('%j', (filter, isKept) => {
    expect(run(filter) !== undefined).toBe(isKept);
  });

  it.each<[filter: LabelFilter, details: string]>([
    [number('word', '>', 1), 'strconv.ParseFloat: parsing "abc": invalid syntax'],
    [number('empty', '>', 1), 'strconv.ParseFloat: parsing "": invalid syntax'],
    [{ kind: 'duration', name: 'word', op: '>', value: 1, text: '1ns' }, 'time: invalid duration "abc"'],
    [{ kind: 'bytes', name: 'word', op: '>', value: 1, text: '1B' }, 'strconv.ParseFloat: parsing "": invalid syntax'],
  ])('keeps the line with an error for %j', (filter, details) => {
    expect(run(filter)?.labels).toMatchObject({ __error__: 'LabelFilterErr', __error_details__: details });
  });

  it('drops nothing that has an error already, but by its text', () => {
    expect(run(number('status', '=', 1), [FAILED])?.labels).toMatchObject({ __error__: 'JSONParserErr' });
    expect(run({ kind: 'ip', name: 'absent', op: '=', value: '1.1.1.1' }, [FAILED])).toBeDefined();
    expect(run(text('__error__', '=', ''), [FAILED])).toBeUndefined();
    expect(run(text('__error__', '=~', 'JSON.*'), [FAILED])).toBeDefined();
  });
});

describe('combined filters', () => {
  const [yes, no, fails] = [text('app', '=', 'web'), text('app', '=', 'db'), number('word', '>', 1)];

  it.each<[kind: 'and' | 'or', left: LabelFilter, right: LabelFilter, isKept: boolean, hasError: boolean]>([
    ['and', yes, yes, true, false],
    ['and', yes, no, false, false],
    ['and', no, fails, false, false],
    ['and', yes, fails, true, true],
    ['or', yes, fails, true, false],
    ['or', no, fails, true, true],
    ['or', fails, no, true, true],
    ['or', no, no, false, false],
  ])('%s of %j and %j', (kind, left, right, isKept, hasError) => {
    const result = run({ kind, left, right });
    expect(result !== undefined).toBe(isKept);
    expect(result?.labels.__error__).toBe(hasError ? 'LabelFilterErr' : undefined);
  });
});
