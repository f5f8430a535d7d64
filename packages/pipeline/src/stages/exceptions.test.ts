import type { JsonObject, LogRecord } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { NO_TRACES, TRACE_SAMPLES } from './exceptions.samples.ts';
import { exceptions } from './exceptions.ts';

function apply(fields: Partial<LogRecord>): LogRecord {
  const record = sampleRecord(fields);
  exceptions.apply(record, sampleContext);
  return record;
}

/** What is added for a trace. */
function found({ type, message, count, first }: (typeof TRACE_SAMPLES)[number]): unknown {
  const rest = Array.from({ length: count - 1 }, () => expect.any(Object));
  return {
    ...(type === '' ? {} : { 'exception.type': type }),
    ...(message === '' ? {} : { 'exception.message': message }),
    'exception.frames': [first, ...rest],
  };
}

describe('exceptions', () => {
  it.each(TRACE_SAMPLES)('in the message: $name', (sample) => {
    const record = apply({ message: sample.text });
    expect(record.attributes).toEqual(found(sample));
    expect(record.message).toBe(sample.text);
    expect(record.level).toBe(sample.type === '' ? 'info' : 'error');
  });

  it.each(TRACE_SAMPLES)('in attributes, and with other ends of lines: $name', (sample) => {
    const text = sample.text.replaceAll('\n', '\r\n');
    for (const attributes of [
      { stack: text },
      { error: { stack: text, code: 1 } },
      { '@x': text },
    ] satisfies JsonObject[]) {
      const record = apply({ attributes: structuredClone(attributes) });
      expect(record.attributes).toEqual({ ...attributes, ...(found(sample) as object) });
    }
  });

  it.each([8100, 8170, 8190])('a long message that is cut ends between words: an address at %i', (at) => {
    const words = 'lorem ipsum '.repeat(700).slice(0, at - 1);
    const head = 'Traceback (most recent call last):\n  File "pay.py", line 1, in pay\nValueError';
    const record = apply({ message: `${head}: ${words} hyacinth@planted.example` });
    const message = record.attributes['exception.message'] as string;
    expect(message.startsWith(words)).toBe(true);
    expect(/hyacinth(?!@planted\.example$)/.test(message)).toBe(false);
  });

  it.each(NO_TRACES)('none in %j', (message) => {
    expect(apply({ message })).toEqual(sampleRecord({ message }));
  });

  const [java] = TRACE_SAMPLES;
  const text = java?.text ?? '';

  it('reads an array of lines', () => {
    const backtrace = ["pay.rb:3:in 'charge'", "pay.rb:7:in '<main>'"];
    expect(apply({ attributes: { backtrace } }).attributes['exception.frames']).toHaveLength(2);
  });

  it('leaves what was sent, type and message and frames as well as the level', () => {
    const attributes = { 'exception.type': 'Mine', 'exception.message': 'my own', 'exception.frames': 'none' };
    expect(apply({ message: text, attributes: { ...attributes } }).attributes).toEqual(attributes);
    const warning = { severityNumber: 13, level: 'warn' } as const;
    expect(apply({ message: text, ...warning })).toMatchObject(warning);
    const unknown = { severityText: 'blue' };
    expect(apply({ message: text, ...unknown })).toMatchObject({ ...unknown, level: 'info', severityNumber: 0 });
  });

  it('keeps the 50 innermost frames, with names of bounded length', () => {
    const many = Array.from({ length: 80 }, (_, i) => `\tat a.B.${'c'.repeat(1000)}(B.java:${i})`);
    const frames = apply({ message: `java.lang.Error: x\n${many.join('\n')}` }).attributes['exception.frames'];
    expect(frames).toHaveLength(50);
    expect(frames).toMatchObject([{ line: 0 }, { line: 1 }, ...Array.from({ length: 48 }, () => ({}))]);
    expect(JSON.stringify(frames).length).toBeLessThan(64 * 1024);
  });

  it('adds nothing to a record that has as many attributes as one may have', () => {
    const attributes = Object.fromEntries(Array.from({ length: 510 }, (_, i) => [`k${i}`, i]));
    expect(apply({ message: text, attributes: { ...attributes } }).attributes).toEqual(attributes);
  });

  it('never throws, whatever parts of traces a text has', () => {
    const parts = fc.constantFrom(
      ...[
        '\n',
        '\tat ',
        ' at ',
        '(',
        ')',
        ':1',
        ':1:2',
        'a.b',
        'Error',
        ': ',
        'File "',
        '", line 1',
        'Traceback (most recent call last)',
      ],
      ...[
        '#0 ',
        '.go:',
        ':in `',
        "'",
        'panicked at ',
        '@http',
        '://',
        ' in ',
        ':line ',
        '[as ',
        ']',
        'eval at ',
        '\ud800',
        'panic: ',
        '\r',
      ],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (pieces) => {
        const message = `\n${pieces.join('')}`;
        const record = apply({ message });
        expect(record.message).toBe(message);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads a megabyte of anything in bounded time', () => {
    const tail = "\n\tat x.y(Z.java:1)\n#0 a(1): b\nx:1:in 'y'\n.go:1";
    const units = [
      '\n',
      '\n\tat a(',
      '\n    at x (',
      ' [as ',
      '\n#0 ',
      "\nx:1:in 'y': (",
      '\n  File "',
      '\npanicked at ',
      'Error: ',
      '(eval at (',
    ];
    for (const unit of units) {
      const message = `\n${unit.repeat(Math.ceil(1_000_000 / unit.length))}${tail}`;
      const before = process.cpuUsage();
      apply({ message });
      const { user, system } = process.cpuUsage(before);
      // Some milliseconds; anything that grows with the square takes minutes.
      expect((user + system) / 1000).toBeLessThan(1000);
    }
  });
});
