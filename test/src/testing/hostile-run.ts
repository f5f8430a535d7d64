import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { ask, type HostileAnswer } from './hostile-answer.ts';
import type { HostileRequest } from './hostile-requests.ts';

/** Of each organization, which may run 20. */
const AT_ONCE = 4;
const ANSWER_MS_MAX = 30_000;
const HEALTH_MS_MAX = 3000;

/** Who asks: an organization's token, and the word that is in all of its data, in names and values, and in no question. */
export interface Asker {
  readonly url: string;
  readonly token: string;
  readonly secret: string;
}

/** How many questions were answered, refused, and answered with the organization's own data. */
interface HostileCounts {
  readonly found: number;
  readonly refused: number;
  readonly own: number;
}

/** Two organizations ask, at the same time: every answer comes in time, is no failure of the server's and has nothing of the other one, and the server says meanwhile that it lives. */
export async function runHostile(
  askers: readonly [Asker, Asker],
  questions: readonly (readonly HostileRequest[])[],
): Promise<HostileCounts> {
  const asked = askers.map((asker, index) => askAll(asker, questions[index] ?? []));
  const health = longestHealthMs(askers[0].url, Promise.all(asked));
  const faults: object[] = [];
  const counts = { found: 0, refused: 0, own: 0 };
  for (const [party, answers] of asked.entries()) {
    const secret = askers[party]?.secret ?? '';
    const others = askers[1 - party]?.secret ?? '';
    for (const [index, answer] of (await answers).entries()) {
      const fault = faultOf(answer, others);
      if (fault !== undefined) {
        const question = JSON.stringify(questions[party]?.[index]).slice(0, 2000);
        faults.push({ fault, question, text: answer.text.slice(0, 500) });
      }
      counts.found += answer.status < 300 ? 1 : 0;
      counts.refused += answer.status >= 400 ? 1 : 0;
      counts.own += answer.text.includes(secret) ? 1 : 0;
    }
  }
  expect(faults).toEqual([]);
  expect(await health).toBeLessThan(HEALTH_MS_MAX);
  return counts;
}

/** Asks all questions, some at a time. */
async function askAll({ url, token }: Asker, questions: readonly HostileRequest[]): Promise<readonly HostileAnswer[]> {
  const answers: HostileAnswer[] = [];
  let next = 0;
  const asker = async (): Promise<void> => {
    for (let at = next++; at < questions.length; at = next++) {
      answers[at] = await ask(url, token, questions[at] as HostileRequest);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, asker));
  return answers;
}

/** The longest time that the server took to say that it lives, until something is over. */
async function longestHealthMs(url: string, over: Promise<unknown>): Promise<number> {
  let isOver = false;
  void over.finally(() => {
    isOver = true;
  });
  let longest = 0;
  while (!isOver) {
    const began = performance.now();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    longest = Math.max(longest, performance.now() - began);
    await delay(50);
  }
  return longest;
}

/** What is wrong with an answer; undefined when nothing is. */
function faultOf({ status, type, text, ms }: HostileAnswer, secretOfOthers: string): string | undefined {
  if (status >= 500) {
    return `status ${status}`;
  }
  if (text.includes(secretOfOthers)) {
    return 'has something of another organization';
  }
  if (/DB::Exception|\bat \S+ \(?(?:file|node):/.test(text)) {
    return 'tells what is inside';
  }
  if (status >= 400 && status !== 431 && !/^(?:application\/problem\+json|text\/plain)/.test(type)) {
    return `is refused as ${type}`;
  }
  return ms > ANSWER_MS_MAX ? `took ${ms} ms` : undefined;
}
