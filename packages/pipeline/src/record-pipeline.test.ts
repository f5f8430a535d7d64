import type { LogRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { createRecordPipeline } from './record-pipeline.ts';
import type { LogStage } from './stage.ts';
import { LOG_STAGES } from './stages-by-signal.ts';
import { sampleContext, sampleRecord } from './testing/sample-record.ts';

/** A stage that writes its name behind the message. */
function writes(name: string): LogStage {
  return {
    name,
    apply(record) {
      record.message += ` ${name}`;
    },
  };
}

/** A stage that fails on the messages given, after having changed the record. */
function failsOn(name: string, message: string): LogStage {
  return {
    name,
    apply(record) {
      if (record.message.startsWith(message)) {
        record.host = name;
        throw new Error('unexpected');
      }
    },
  };
}

function run(stages: readonly LogStage[], ...messages: readonly string[]): readonly LogRecord[] {
  const records = messages.map((message, index) => sampleRecord({ message, index }));
  createRecordPipeline(stages).run(records, sampleContext);
  return records;
}

describe('the pipeline over records', () => {
  it('runs its stages in order over every record', () => {
    expect(run([writes('1'), writes('2')], 'a', 'b').map(({ message }) => message)).toEqual(['a 1 2', 'b 1 2']);
  });

  it('gives stages the batch', () => {
    const stage: LogStage = {
      name: 'address',
      apply(record, { envelope }) {
        record.host = envelope.clientAddress;
      },
    };
    expect(run([stage], 'a')[0]?.host).toBe('203.0.113.7');
  });

  it('keeps a record on which a stage fails, says which, and goes on', () => {
    const [first, second] = run([writes('1'), failsOn('broken', 'a'), writes('2')], 'a', 'b');
    expect(first).toEqual(
      sampleRecord({ message: 'a 1 2', host: 'broken', attributes: { 'aegis.pipeline_error': 'broken' } }),
    );
    expect(second).toEqual(sampleRecord({ message: 'b 1 2', index: 1 }));
  });

  it('names every stage that failed', () => {
    const [record] = run([failsOn('x', 'a'), failsOn('y', 'a')], 'a');
    expect(record?.attributes).toEqual({ 'aegis.pipeline_error': 'x,y' });
  });

  it('has distinct stage names', () => {
    const names = LOG_STAGES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('settles what a decoded record means', () => {
    const record = sampleRecord({ severityText: 'Warning', traceId: '0AF7651916CD43DD8448EB211C80319C' });
    createRecordPipeline(LOG_STAGES).run([record], sampleContext);
    expect(record).toMatchObject({
      level: 'warn',
      severityNumber: 13,
      severityText: 'Warning',
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
  });
});
