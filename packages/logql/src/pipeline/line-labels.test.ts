import type { LogLabels } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { LineLabels } from './line-labels.ts';

const PUSHED: LogLabels = {
  stream: { app: 'web' },
  metadata: { user: 'ann' },
  derived: { level: 'info' },
  isPushed: true,
};

function labelsOf(source: LogLabels): LineLabels {
  const labels = new LineLabels();
  labels.begin(source);
  return labels;
}

describe('labels of a line', () => {
  it('answer to names of all kinds, and to no name that objects inherit', () => {
    const labels = labelsOf(PUSHED);
    labels.setParsed('a', '');
    expect(['app', 'user', 'level', 'a'].map((name) => labels.get(name))).toEqual(['web', 'ann', 'info', '']);
    expect(['b', 'toString', '__proto__', '__error__'].map((name) => labels.get(name))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('are all in a result but for derived ones', () => {
    const labels = labelsOf(PUSHED);
    labels.setParsed('__proto__', 'x');
    expect(labels.all()).toEqual(
      Object.fromEntries([
        ['app', 'web'],
        ['user', 'ann'],
        ['__proto__', 'x'],
      ]),
    );
    expect(labels.byCategory()).toEqual({
      stream: { app: 'web' },
      metadata: { user: 'ann' },
      parsed: Object.fromEntries([['__proto__', 'x']]),
    });
  });

  it('leave metadata of logs that were not pushed out of series', () => {
    const labels = labelsOf({ ...PUSHED, isPushed: false });
    expect(labels.ofSeries()).toEqual({ app: 'web' });
    labels.setParsed('a', '1');
    expect(labels.ofSeries()).toEqual({ app: 'web', a: '1' });
    expect(labelsOf(PUSHED).ofSeries()).toEqual({ app: 'web', user: 'ann' });
  });

  it('are set in one category, the strongest', () => {
    const labels = labelsOf(PUSHED);
    labels.setParsed('user', 'bob');
    labels.set('metadata', 'user', 'eve');
    labels.set('stream', 'user', 'eve');
    labels.setParsed('app', 'db');
    expect(labels.byCategory()).toEqual({ stream: {}, metadata: {}, parsed: { user: 'bob', app: 'db' } });
    labels.remove('user');
    labels.set('stream', 'user', 'eve');
    expect(labels.byCategory()).toEqual({ stream: { user: 'eve' }, metadata: {}, parsed: { app: 'db' } });
  });

  it('call metadata otherwise whose name the stream has', () => {
    const labels = labelsOf({ ...PUSHED, metadata: { app: 'x', user: 'ann' } });
    expect([labels.get('app'), labels.get('app_extracted')]).toEqual(['web', 'x']);
    expect(labels.all()).toEqual({ app: 'web', app_extracted: 'x', user: 'ann' });
    labels.setParsed('app_extracted', 'y');
    expect(labels.all()).toEqual({ app: 'web', app_extracted: 'y', user: 'ann' });
  });

  it('show the latest error', () => {
    const labels = labelsOf(PUSHED);
    labels.fail('JSONParserErr', 'one');
    labels.fail('LabelFilterErr', 'two');
    expect(labels.get('__error__')).toBe('LabelFilterErr');
    expect(labels.all()).toMatchObject({ __error__: 'LabelFilterErr', __error_details__: 'two' });
  });

  it('start over with each line', () => {
    const labels = labelsOf(PUSHED);
    labels.setParsed('a', '1');
    labels.remove('app');
    labels.fail('JSONParserErr', 'x');
    labels.begin(PUSHED);
    expect(labels.all()).toEqual({ app: 'web', user: 'ann' });
    expect(labels.hasError).toBe(false);
  });

  it('are one object for logs that have the same and that nothing changed', () => {
    const labels = labelsOf(PUSHED);
    const first = labels.all();
    labels.begin(PUSHED);
    expect(labels.all()).toBe(first);
    labels.begin({ ...PUSHED, metadata: {} });
    expect(labels.all()).toBe(PUSHED.stream);
  });
});
