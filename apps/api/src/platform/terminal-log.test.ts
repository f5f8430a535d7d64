import { pino } from 'pino';
import { expect, it } from 'vitest';
import { terminalLog } from './terminal-log.ts';

/** What a terminal shows of these words, without the time. */
function shown(log: (logger: pino.Logger) => void): string {
  let text = '';
  log(
    pino(
      {},
      terminalLog((line) => {
        text += line;
      }),
    ),
  );
  expect(text).toMatch(/^\d\d:\d\d:\d\d /);
  return text.slice(9);
}

it('is a sentence a line, with what belongs to it behind', () => {
  expect(shown((logger) => logger.warn('port 4318 is taken'))).toBe('WARN  port 4318 is taken\n');
  expect(shown((logger) => logger.info({ version: 3, name: 'spans' }, 'migrated'))).toBe(
    'info  migrated version=3 name="spans"\n',
  );
});

it('tells why, and where only of errors', () => {
  const err = new Error('the disk is full');
  expect(shown((logger) => logger.warn({ err }, 'not stored'))).toBe('WARN  not stored: the disk is full\n');
  expect(shown((logger) => logger.error({ err }, 'not stored'))).toMatch(
    /^ERROR not stored: the disk is full\nError: the disk is full\n +at /,
  );
});

it('lets nobody else write to the terminal', () => {
  const [esc, csi] = [String.fromCharCode(27), String.fromCharCode(0x9b)];
  const text = shown((logger) => logger.warn({ err: { message: `${csi}2J` }, key: `${esc}]0;x` }, 'a\nb'));
  expect(text).toBe('WARN  a\\u000ab: \\u009b2J key="\\u001b]0;x"\n');
});
