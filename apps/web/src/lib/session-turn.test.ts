import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from './api-error.ts';
import { takeTurn } from './session-turn.ts';

// A node process has no cookie and no storage: these are all that a turn knows of a browser.
const stored = new Map<string, string>();
const MARK = 'aegis.session-turn';
const unanswered = new ApiError('network', 'The server cannot be reached');

beforeEach(() => {
  vi.useFakeTimers();
  stored.clear();
  vi.stubGlobal('document', { cookie: 'aegis_turn=1' });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
  vi.stubGlobal('navigator', {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('keeps the mark of a turn without an answer for a second: the page may be left, and its request go on', async () => {
  await expect(takeTurn(() => Promise.reject(unanswered))).rejects.toBe(unanswered);
  await vi.advanceTimersByTimeAsync(900);
  expect(stored.has(MARK)).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(stored.has(MARK)).toBe(false);
});

it('takes the mark back at once when the server has answered', async () => {
  const busy = new ApiError('unavailable', 'Unavailable', { status: 503 });
  await expect(takeTurn(() => Promise.reject(busy))).rejects.toBe(busy);
  expect(stored.has(MARK)).toBe(false);
  await takeTurn(() => Promise.resolve(stored.has(MARK))).then((hasMark) => expect(hasMark).toBe(true));
  expect(stored.has(MARK)).toBe(false);
});

it('waits for the turn of a page that was left, until the cookie has changed', async () => {
  stored.set(MARK, JSON.stringify({ atMs: Date.now(), cookie: 'aegis_turn=1' }));
  const work = vi.fn(() => Promise.resolve());
  const turn = takeTurn(work);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).not.toHaveBeenCalled();
  vi.stubGlobal('document', { cookie: 'aegis_turn=2' });
  await vi.advanceTimersByTimeAsync(100);
  await turn;
  expect(work).toHaveBeenCalledOnce();
});

it('leaves the mark of a turn that another tab began meanwhile', async () => {
  const other = JSON.stringify({ atMs: Date.now() + 1, cookie: 'aegis_turn=2' });
  const failing = takeTurn(() => {
    stored.set(MARK, other);
    return Promise.reject(unanswered);
  });
  await expect(failing).rejects.toBe(unanswered);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stored.get(MARK)).toBe(other);
});
