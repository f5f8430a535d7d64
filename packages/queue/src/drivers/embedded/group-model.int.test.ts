import fc from 'fast-check';
import { expect, it } from 'vitest';
import { consumer, message, STREAM } from '../../conformance/queue-under-test.ts';
import type { Delivery } from '../../driver.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';

interface Group {
  readonly given: Set<number>;
  readonly held: Map<number, { count: number; sinceMs: number }>;
}

/** What the queue must look like: plain lists, no files. */
interface Model {
  appended: number;
  /** The lane of each message. */
  readonly lanes: string[];
  /** How many there were when the process began: those count as delivered before. */
  old: number;
  readonly groups: Map<string, Group>;
  /** The lanes of the dead letters. */
  buried: string[];
}

type Step = fc.AsyncCommand<Model, EmbeddedHarness>;

const IDLE_MS = 1000;
const GROUPS = ['g1', 'g2'];
const LANES = ['', 'a', 'b'];

/** Messages are named by their number, so that a delivery shows which one it is. */
function numbersOf(deliveries: readonly Delivery[]): number[] {
  return deliveries.map(({ body }) => Number(new TextDecoder().decode(body)));
}

const idOf = (number: number) => String(number + 1).padStart(16, '0');

function groupOf(model: Model, name: string) {
  let group = model.groups.get(name);
  if (group === undefined) {
    const others = [...model.groups.values()];
    const firstKept = others.length === 0 ? 0 : Math.min(...others.map((other) => firstLeft(model, other)));
    group = { given: new Set(Array.from({ length: firstKept }, (_, i) => i)), held: new Map() };
    model.groups.set(name, group);
  }
  return group;
}

function newOf(model: Model, { given }: { readonly given: ReadonlySet<number> }): number[] {
  return Array.from({ length: model.appended }, (_, i) => i).filter((number) => !given.has(number));
}

function loadOf(numbers: readonly number[]) {
  return { depth: numbers.length, bytes: numbers.reduce((sum, number) => sum + String(number).length, 0) };
}

/** The first message that a group has not acknowledged. */
function firstLeft(model: Model, group: Group): number {
  return Math.min(model.appended, ...newOf(model, group), ...group.held.keys());
}

class Append implements Step {
  private readonly count: number;
  private readonly lane: string;
  constructor(count: number, lane: string) {
    this.count = count;
    this.lane = lane;
  }
  check = () => true;
  async run(model: Model, { queue }: EmbeddedHarness) {
    const numbers = Array.from({ length: this.count }, (_, i) => model.appended + i);
    await Promise.all(numbers.map((number) => queue.append(STREAM, message(String(number), this.lane))));
    model.appended += this.count;
    model.lanes.push(...numbers.map(() => this.lane));
  }
  toString = () => `append ${this.count} to ${this.lane}`;
}

class Read implements Step {
  private readonly group: string;
  private readonly countMax: number;
  constructor(group: string, countMax: number) {
    this.group = group;
    this.countMax = countMax;
  }
  check = () => true;
  async run(model: Model, { queue, nowMs }: EmbeddedHarness) {
    const group = groupOf(model, this.group);
    const deliveries = await queue.read(consumer('c', this.group), {
      countMax: this.countMax,
      bytesMax: 1e9,
      waitMs: 0,
    });
    const expected = numbersOf(deliveries);
    const waiting = newOf(model, group);
    expect(expected).toHaveLength(Math.min(this.countMax, waiting.length));
    for (const lane of LANES) {
      const ofLane = (numbers: readonly number[]) => numbers.filter((number) => model.lanes[number] === lane);
      // What was given of a lane is its first messages, in order.
      expect(ofLane(expected)).toEqual(ofLane(waiting).slice(0, ofLane(expected).length));
    }
    const countOf = (number: number) => (number < model.old ? 2 : 1);
    expect(deliveries.map(({ deliveryCount }) => deliveryCount)).toEqual(expected.map(countOf));
    for (const number of expected) {
      group.given.add(number);
      group.held.set(number, { count: countOf(number), sinceMs: nowMs() });
    }
  }
  toString = () => `read ${this.countMax} as ${this.group}`;
}

class Settle implements Step {
  private readonly group: string;
  private readonly picks: readonly number[];
  private readonly bury: boolean;
  constructor(group: string, picks: readonly number[], bury: boolean) {
    this.group = group;
    this.picks = picks;
    this.bury = bury;
  }
  check = (model: Readonly<Model>) => (model.groups.get(this.group)?.held.size ?? 0) > 0;
  async run(model: Model, { queue }: EmbeddedHarness) {
    const { held } = groupOf(model, this.group);
    const numbers = [...held.keys()];
    const picked = [...new Set(this.picks.map((pick) => numbers[pick % numbers.length] ?? 0))];
    const who = consumer('c', this.group);
    if (this.bury) {
      await queue.bury(who, idOf(picked[0] ?? 0), 'why');
      held.delete(picked[0] ?? 0);
      model.buried.push(model.lanes[picked[0] ?? 0] ?? '');
    } else {
      await queue.ack(who, picked.map(idOf));
      for (const number of picked) {
        held.delete(number);
      }
    }
  }
  toString = () => `${this.bury ? 'bury' : 'ack'} ${this.picks.join()} of ${this.group}`;
}

class Claim implements Step {
  private readonly group: string;
  private readonly countMax: number;
  constructor(group: string, countMax: number) {
    this.group = group;
    this.countMax = countMax;
  }
  check = (model: Readonly<Model>) => model.groups.has(this.group);
  async run(model: Model, { queue, nowMs }: EmbeddedHarness) {
    const { held } = groupOf(model, this.group);
    const claimed = await queue.claim(consumer('other', this.group), IDLE_MS, this.countMax);
    const idle = [...held].filter(([, { sinceMs }]) => nowMs() - sinceMs >= IDLE_MS).map(([number]) => number);
    expect(claimed).toHaveLength(Math.min(this.countMax, idle.length));
    for (const [index, number] of numbersOf(claimed).entries()) {
      expect(idle).toContain(number);
      const message = held.get(number);
      expect(claimed[index]?.deliveryCount).toBe((message?.count ?? 0) + 1);
      held.set(number, { count: (message?.count ?? 0) + 1, sinceMs: nowMs() });
    }
  }
  toString = () => `claim ${this.countMax} as ${this.group}`;
}

class Forget implements Step {
  private readonly group: string;
  private readonly lane: string;
  constructor(group: string, lane: string) {
    this.group = group;
    this.lane = lane;
  }
  check = () => true;
  async run(model: Model, { queue }: EmbeddedHarness) {
    groupOf(model, this.group);
    const before = model.buried.length;
    model.buried = model.buried.filter((lane) => lane !== this.lane);
    let messages = 0;
    for (const group of model.groups.values()) {
      const left = [...group.held.keys(), ...newOf(model, group)];
      for (const number of left.filter((one) => model.lanes[one] === this.lane)) {
        group.given.add(number);
        group.held.delete(number);
        messages += 1;
      }
    }
    const forgotten = await queue.forgetLane(STREAM, this.group, this.lane);
    expect(forgotten).toEqual({ messages, deadLetters: before - model.buried.length });
  }
  toString = () => `forget ${this.lane} as ${this.group}`;
}

class Elapse implements Step {
  check = () => true;
  run = async (_: Model, harness: EmbeddedHarness) => {
    await harness.elapse(600);
  };
  toString = () => 'elapse';
}

class Restart implements Step {
  private readonly crash: boolean;
  constructor(crash: boolean) {
    this.crash = crash;
  }
  check = () => true;
  async run(model: Model, harness: EmbeddedHarness) {
    await (this.crash ? harness.crash() : harness.reopen());
    model.old = model.appended;
    for (const { held } of model.groups.values()) {
      for (const message of held.values()) {
        message.sinceMs = Number.NEGATIVE_INFINITY;
      }
    }
  }
  toString = () => (this.crash ? 'crash' : 'reopen');
}

class Check implements Step {
  check = () => true;
  async run(model: Model, { queue }: EmbeddedHarness) {
    for (const [name, group] of model.groups) {
      const { held } = group;
      const left = [...held.keys(), ...newOf(model, group)];
      const expected = { ...loadOf(left), pending: held.size, dead: model.buried.length };
      expect(await queue.stats(STREAM, name)).toMatchObject(expected);
      for (const lane of LANES) {
        const ofLane = left.filter((number) => model.lanes[number] === lane);
        expect(await queue.laneStats(STREAM, name, lane)).toMatchObject(loadOf(ofLane));
      }
    }
  }
  toString = () => 'check';
}

it('groups behave like plain lists, whatever happens in whatever order', async () => {
  const group = fc.constantFrom(...GROUPS);
  const settle = fc
    .tuple(group, fc.array(fc.nat(50), { minLength: 1, maxLength: 6 }))
    .map(([name, picks]) => new Settle(name, picks, false));
  const claim = fc.tuple(group, fc.integer({ min: 1, max: 5 })).map(([name, countMax]) => new Claim(name, countMax));
  const steps = [
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(...LANES))
      .map(([count, lane]) => new Append(count, lane)),
    fc.tuple(group, fc.integer({ min: 1, max: 8 })).map(([name, countMax]) => new Read(name, countMax)),
    // Twice each: they are cheap, and not always possible. Restarts are what costs.
    settle,
    settle,
    claim,
    claim,
    fc.tuple(group, fc.nat(50)).map(([name, pick]) => new Settle(name, [pick], true)),
    fc.tuple(group, fc.constantFrom(...LANES)).map(([name, lane]) => new Forget(name, lane)),
    fc.constant(new Elapse()),
    fc.constantFrom(new Restart(false), new Restart(true)),
    fc.constant(new Check()),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 90, size: 'max' }), async (commands) => {
      const harness = await openEmbeddedHarness({ segmentBytesMax: 500 });
      try {
        const model: Model = { appended: 0, lanes: [], old: 0, groups: new Map(), buried: [] };
        await fc.asyncModelRun(
          () => ({ model, real: harness }),
          [...commands, new Check(), new Restart(true), new Check()],
        );
        expect(harness.warnings).toEqual([]);
      } finally {
        await harness.dispose();
      }
    }),
    { numRuns: 15 },
  );
});
