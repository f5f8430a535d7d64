import { expect, it } from 'vitest';
import { RecentAnswers } from './recent-answers.ts';

it('asks once for those who ask within the time, whether or not the answer is there', async () => {
  let clockMs = 0;
  let asked = 0;
  const answers = new RecentAnswers<number>(250, 10, () => clockMs);
  const get = (key: string) =>
    answers.get(key, async () => {
      asked += 1;
      return asked;
    });
  expect(await Promise.all([get('a'), get('b'), get('a')])).toEqual([1, 2, 1]);
  clockMs = 250;
  expect(await get('a')).toBe(1);
  clockMs = 251;
  expect(await get('a')).toBe(3);
});

it('asks again after a failure when its time is over', async () => {
  let clockMs = 0;
  const answers = new RecentAnswers<string>(250, 10, () => clockMs);
  const failing = () => answers.get('a', () => Promise.reject(new Error('away')));
  await expect(failing()).rejects.toThrow('away');
  clockMs = 251;
  expect(await answers.get('a', async () => 'back')).toBe('back');
});

it('keeps so many, the latest', async () => {
  const answers = new RecentAnswers<string>(250, 2, () => 0);
  for (const key of ['a', 'b', 'c']) {
    await answers.get(key, async () => 'old');
  }
  const now = await Promise.all(['b', 'c', 'a'].map((key) => answers.get(key, async () => 'new')));
  expect(now).toEqual(['old', 'old', 'new']);
});
