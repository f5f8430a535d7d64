import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listenForStop, type StopReason } from './stop-request.ts';

const signals = new EventEmitter();
let nowMs = 0;
let parent = 4242;
let reasons: StopReason[] = [];
let unlisten = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  [nowMs, parent, reasons] = [0, 4242, []];
});
afterEach(() => {
  unlisten();
  vi.useRealTimers();
  expect(signals.eventNames()).toEqual([]);
});

function listen(endsWithParent: boolean): void {
  const source = { signals, parent: () => parent, nowMs: () => nowMs };
  unlisten = listenForStop(endsWithParent, (reason) => reasons.push(reason), source);
}

function signalAt(ms: number, signal: NodeJS.Signals): void {
  nowMs = ms;
  signals.emit(signal, signal);
}

it('takes the Ctrl-C that npm repeats for one', () => {
  listen(true);
  signalAt(1000, 'SIGINT');
  signalAt(1004, 'SIGINT');
  expect(reasons).toEqual(['SIGINT']);
});

it('passes on a second wish', () => {
  listen(false);
  signalAt(1000, 'SIGINT');
  signalAt(2000, 'SIGTERM');
  expect(reasons).toEqual(['SIGINT', 'SIGTERM']);
});

it('notices once that the parent is gone', () => {
  listen(true);
  vi.advanceTimersByTime(5000);
  expect(reasons).toEqual([]);
  parent = 1;
  vi.advanceTimersByTime(5000);
  expect(reasons).toEqual(['the parent is gone']);
});

it('does not care about its parent when it is not to end with it', () => {
  listen(false);
  parent = 1;
  vi.advanceTimersByTime(5000);
  expect(reasons).toEqual([]);
});
