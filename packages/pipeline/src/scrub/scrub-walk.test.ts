import { type JsonObject, type JsonValue, PrivacyPolicy } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestScrubber } from '../testing/test-scrubber.ts';
import { ScrubTally } from './scrub-tally.ts';
import { ScrubWalk } from './scrub-walk.ts';
import { createScrubber } from './scrubber.ts';
import { SentNumbers } from './sent-numbers.ts';

function walkWith(scrubber: TestScrubber, sentNumbers?: SentNumbers) {
  const tally = new ScrubTally();
  const walk = new ScrubWalk({ scrubber, tally, sentNumbers });
  return { walk, tally, scrub: (value: JsonValue) => walk.value(walk.places.tops.attributes, value) };
}

/** Of an object of attributes: what becomes of it, and what is counted, as `detector strategy place count`. */
function scrub(value: JsonValue, scrubber = new TestScrubber()) {
  const { walk, tally, scrub: run } = walkWith(scrubber);
  const scrubbed = run(value);
  const counted = tally
    .rows()
    .map(({ detector, strategy, place, count }) => `${detector} ${strategy} ${place} ${count}`);
  return { scrubbed, counted, marks: walk.marks() };
}

/** Names and texts with a secret in them now and then. */
const planted = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('SECRET123', 'x SECRET1 y', 'SECRET', '__proto__', 'constructor', 'a"SECRET2'),
  },
);
const { tree } = fc.letrec<{ tree: JsonValue; object: JsonObject; array: JsonValue[] }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    planted,
    fc.double({ noNaN: true, min: -1e11, max: 1e11 }),
    fc.boolean(),
    fc.constant(null),
    tie('object'),
    tie('array'),
  ),
  object: fc
    .array(fc.tuple(planted, tie('tree')), { maxLength: 5 })
    .map((entries) =>
      JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`),
    ),
  array: fc.array(tie('tree'), { maxLength: 4 }),
}));

/** What the walk must make of a value, written down plainly. */
function expected(value: JsonValue): JsonValue {
  const plain = (text: string) => text.replace(/SECRET\d*/g, '[REDACTED:api-key]');
  if (typeof value === 'string') {
    return plain(value);
  }
  if (Array.isArray(value)) {
    return value.map(expected);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = new Set(Object.keys(value).filter((key) => plain(key) === key));
  const result: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(value)) {
    let name = plain(key);
    for (let count = 2; name !== key && (kept.has(name) || result.some(([other]) => other === name)); count += 1) {
      name = `${plain(key)} (${count})`;
    }
    result.push([name, expected(member)]);
  }
  return Object.fromEntries(result);
}

describe('the walk', () => {
  it('knows names by the words that their capitals tell', () => {
    const { places } = new ScrubWalk({
      scrubber: createScrubber(PrivacyPolicy.parse({ secretFields: ['pin_code'] }), new Uint8Array(32)),
      tally: new ScrubTally(),
    });
    const strategies = (...names: readonly string[]) =>
      names.map((name) => places.child(places.tops.attributes, name).secret ?? places.strategyOf(name));
    expect(strategies('passwordHash', 'basicAuth', 'userPinCode')).toEqual(['redact', 'redact', 'redact']);
    expect(strategies('nextPageToken', 'cancellationToken', 'cacheKey')).toEqual([undefined, undefined, undefined]);
  });

  it('leaves nothing of what is planted in names and texts, and everything else as it was', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const before = JSON.stringify(value);
        const { scrubbed } = scrub(value);
        expect(JSON.stringify(scrubbed)).not.toContain('SECRET');
        expect(JSON.stringify(scrubbed)).toBe(JSON.stringify(expected(value)));
        expect(JSON.stringify(value)).toBe(before);
        if (!before.includes('SECRET')) {
          expect(scrubbed).toBe(value);
        }
      }),
    );
  });

  it('counts by place, as it is stored', () => {
    expect(
      scrub({
        user: { email: 'SECRET1', 'SECRET2.x': { deep: ['SECRET', { b: 'SECRET SECRET' }] } },
        'user.email': 'SECRET3',
      }),
    ).toEqual({
      scrubbed: {
        user: {
          email: '[REDACTED:api-key]',
          '[REDACTED:api-key].x': {
            deep: ['[REDACTED:api-key]', { b: '[REDACTED:api-key] [REDACTED:api-key]' }],
          },
        },
        'user.email': '[REDACTED:api-key]',
      },
      counted: [
        'api-key redact attributes.user.email 2',
        'api-key redact attributes.user.[REDACTED:api-key].x.deep[] 1',
        'api-key redact attributes.user.[REDACTED:api-key].x.deep[].b 2',
        'api-key redact attributes.user.[REDACTED:api-key].x 1',
      ],
      marks: { 'api-key': 6 },
    });
  });

  it('loses no value where names become the same', () => {
    const sent = { SECRET1: 1, '[REDACTED:api-key]': 2, SECRET2: 3, '[REDACTED:api-key] (2)': 4 };
    expect(scrub(sent).scrubbed).toEqual({
      '[REDACTED:api-key]': 2,
      '[REDACTED:api-key] (2)': 4,
      '[REDACTED:api-key] (3)': 1,
      '[REDACTED:api-key] (4)': 3,
    });
  });

  it('replaces every leaf below a secret name', () => {
    const sent = {
      Password: { a: ['x', 7, true, null, ''], b: 'y' },
      'api.token': 'z',
      authorization: '[REDACTED:jwt]',
    };
    const secret = '[REDACTED:secret]';
    expect(scrub(sent)).toMatchObject({
      scrubbed: {
        Password: { a: [secret, secret, true, null, ''], b: secret },
        'api.token': secret,
        authorization: '[REDACTED:jwt]',
      },
      marks: { secret: 4 },
    });
  });

  it.each<[JsonValue, JsonValue]>([
    [
      { headers: [{ key: 'Authorization', value: 'x' }] },
      { headers: [{ key: 'Authorization', value: '[REDACTED:secret]' }] },
    ],
    [
      { name: 'password', value: { stringValue: 'x' } },
      { name: 'password', value: { stringValue: '[REDACTED:secret]' } },
    ],
    [
      { value: 'x', name: 'colour' },
      { value: 'x', name: 'colour' },
    ],
    [
      { type: 'password', value: 'x' },
      { type: 'password', value: '[REDACTED:secret]' },
    ],
    [
      [
        ['authorization', 'x'],
        ['host', 'y'],
      ],
      [
        ['authorization', '[REDACTED:secret]'],
        ['host', 'y'],
      ],
    ],
    [
      { rawHeaders: ['Host', 'authorization', 'Authorization', 'x'] },
      { rawHeaders: ['Host', 'authorization', 'Authorization', '[REDACTED:secret]'] },
    ],
    [
      ['mysql', '--password', 'x', '-h', 'y'],
      ['mysql', '--password', '[REDACTED:secret]', '-h', 'y'],
    ],
    [
      ['password', 'email'],
      ['password', 'email'],
    ],
  ])('knows pairs: %j', (sent, stored) => {
    expect(scrub(sent).scrubbed).toEqual(stored);
  });

  it('looks into JSON that texts hold, escaped three times', () => {
    const hold = (value: JsonValue): string => JSON.stringify({ n: 1.5, body: value });
    const nested = (secret: string) => hold(hold(hold({ password: secret })));
    const { scrubbed, marks } = scrub({ body: nested('hunter2'), other: ' {"a": "plain"}' });
    expect(scrubbed).toEqual({
      body: nested('[REDACTED:secret]'),
      other: ' {"a": "plain"}',
    });
    expect(marks).toEqual({ secret: 1 });
  });

  it('keeps the digits of long numbers, and texts that are not JSON', () => {
    expect(scrub({ body: '{"id": 12345678901234567890, "password": "x"}' }).scrubbed).toEqual({
      body: '{"id":"12345678901234567890","password":"[REDACTED:secret]"}',
    });
    for (const text of ['{"password": "x"', '[', '{}', '{"password":', ':'.repeat(1000), `{${'"a":'.repeat(1000)}`]) {
      expect(scrub({ body: text }).scrubbed).toEqual({ body: text });
    }
  });

  it('reads escapes in JSON', () => {
    expect(scrub('{"a":"\\u0053ECRET1"}').scrubbed).toBe('{"a":"[REDACTED:api-key]"}');
  });

  it('withholds JSON in a text that is nested beyond the stack', () => {
    const deep = `{"password":${'['.repeat(32_000)}${']'.repeat(32_000)}}`;
    expect(scrub({ body: deep }).scrubbed).toEqual({ body: '[REDACTED:secret]' });
  });

  it.each<[JsonValue, JsonValue]>([
    [{ pan: 4111111111111111 }, { pan: '[REDACTED:card]' }],
    [{ pan: [4222222222222, -4111111111111111] }, { pan: ['[REDACTED:card]', '-[REDACTED:card]'] }],
    [{ pan: 411111111111 }, { pan: 411111111111 }],
    [{ pan: 4111111111111.5 }, { pan: 4111111111111.5 }],
    [{ pan: 1.4000000000000002e149 }, { pan: 1.4000000000000002e149 }],
    [{ ssn: 123456789 }, { ssn: '[REDACTED:ssn]' }],
    [{ count: 123456789 }, { count: 123456789 }],
  ])('numbers: %j', (sent, stored) => {
    expect(scrub(sent).scrubbed).toEqual(stored);
  });

  it('knows the digits that were sent of numbers which a double cannot hold', () => {
    // The scrubber takes it for a card's number only because of its last digits, which the double has lost.
    class LastDigits extends TestScrubber {
      override scrubText(text: string): string {
        return text === '6304000000000000123' ? '[REDACTED:card]' : text;
      }
    }
    const body = Buffer.from('{"a": 6304000000000000123, "b": 6304000000000009999}');
    const { scrub: run } = walkWith(new LastDigits(), new SentNumbers(body));
    const sent = JSON.parse(body.toString());
    expect(run(sent)).toEqual({ a: '[REDACTED:card]', b: sent.b });
  });

  it('goes through trees that are deep and wide', () => {
    let deep: JsonValue = 'SECRET1';
    for (let level = 0; level < 1000; level += 1) {
      deep = { childNodes: [deep] };
    }
    expect(scrub(deep).counted).toEqual(['api-key redact attributes.childNodes[] 1']);
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`SECRET${at}`, at]));
    const { scrubbed } = scrub(wide);
    expect(Object.values(scrubbed as JsonObject)).toEqual(Object.values(wide));
    expect(JSON.stringify(scrubbed)).not.toContain('SECRET');
  });

  it('asks about a text that comes again once', () => {
    const scrubber = new TestScrubber();
    const { scrub: run } = walkWith(scrubber);
    run({ service: 'checkout' });
    const asked = scrubber.texts.length;
    run({ service: 'checkout' });
    expect(scrubber.texts.length).toBe(asked);
    run({ service: 'SECRET1' });
    run({ service: 'SECRET1' });
    expect(scrubber.texts.filter((text) => text === 'SECRET1').length).toBe(2);
  });

  it('keeps no more places than its limit, and finds everything beyond it', () => {
    const scrubber = new TestScrubber();
    const keys = (batch: number) => Array.from({ length: 3000 }, (_, at) => [`${batch} ${at}`, 'SECRET1'] as const);
    const first = walkWith(scrubber).walk.places;
    for (let batch = 0; batch < 3; batch += 1) {
      const { scrub: run, walk } = walkWith(scrubber);
      expect(JSON.stringify(run(Object.fromEntries(keys(batch))))).not.toContain('SECRET');
      expect(walk.marks()).toEqual({ 'api-key': 3000 });
    }
    expect(walkWith(scrubber).walk.places).not.toBe(first);
  });

  it('cuts places that are long', () => {
    const [counted] = scrub({ a: { ['b'.repeat(300)]: { c: 'SECRET1' } } }).counted;
    expect(counted).toBe(`api-key redact ${`attributes.a.${'b'.repeat(300)}`.slice(0, 199)}… 1`);
  });

  it('replaces ids by their hash, so that they still join', () => {
    const { walk, tally } = walkWith(new TestScrubber());
    const place = walk.places.tops.sessionId;
    expect(walk.id(place, 'plain')).toBe('plain');
    expect(walk.id(place, 'u-SECRET1')).toBe(walk.id(place, 'u-SECRET1'));
    expect(walk.id(place, 'u-SECRET1')).not.toBe(walk.id(place, 'u-SECRET2'));
    expect(walk.id(place, 'u-SECRET1')).not.toContain('SECRET');
    expect(tally.rows()).toEqual([{ detector: 'api-key', strategy: 'hash', place: 'sessionId', count: 5 }]);
  });

  it('drops what is to be dropped', () => {
    expect(scrub({ SECRET1: 'a SECRET2', password: 'x' }, new TestScrubber('drop')).scrubbed).toEqual({
      '': 'a ',
      password: '',
    });
  });
});
