import { describe, expect, it } from 'vitest';
import { LaneGate } from './lane-gate.ts';

const never = new AbortController().signal;

describe('lanes', () => {
  it('are handed out first come, first served', async () => {
    const gate = new LaneGate(2);
    const lanes = [await gate.acquire(never), await gate.acquire(never)];
    expect([...lanes].sort()).toEqual([0, 1]);
    const order: string[] = [];
    const waiting = ['a', 'b'].map((name) => gate.acquire(never).then((lane) => order.push(`${name}${lane}`)));
    gate.release(1);
    gate.release(0);
    await Promise.all(waiting);
    expect(order).toEqual(['a1', 'b0']);
  });

  it('are not given to who has left, and leaving late changes nothing', async () => {
    const gate = new LaneGate(1);
    const lane = await gate.acquire(never);
    const leaves = new AbortController();
    const stays = new AbortController();
    const gone = gate.acquire(leaves.signal);
    const next = gate.acquire(stays.signal);
    const last = gate.acquire(never);
    leaves.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    gate.release(lane);
    stays.abort();
    expect(await next).toBe(lane);
    gate.release(lane);
    expect(await last).toBe(lane);
    await expect(gate.acquire(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('are all free when it is idle', async () => {
    const gate = new LaneGate(2);
    await gate.idle();
    const lanes = [await gate.acquire(never), await gate.acquire(never)];
    let isIdle = false;
    const idle = gate.idle().then(() => {
      isIdle = true;
    });
    gate.release(lanes[0] ?? 0);
    await Promise.resolve();
    expect(isIdle).toBe(false);
    gate.release(lanes[1] ?? 1);
    await idle;
  });

  it('turn away whom they could not serve for long', async () => {
    const gate = new LaneGate(1);
    await gate.acquire(never);
    const waiting = Array.from({ length: 256 }, () => gate.acquire(never));
    await expect(gate.acquire(never)).rejects.toMatchObject({ code: 'unavailable' });
    expect(waiting).toHaveLength(256);
  });
});
