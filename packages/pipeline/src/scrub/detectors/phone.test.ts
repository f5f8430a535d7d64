import { PrivacyPolicy } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPhoneDetector } from './phone.ts';

const MESSAGE = { name: 'message', place: 'message' };
const detector = createPhoneDetector(PrivacyPolicy.parse({}));

function found(text: string, field = MESSAGE, by = detector): string[] {
  const parts: string[] = [];
  by.find(text, field, (start, end) => parts.push(text.slice(start, end)));
  return parts;
}

describe('phone numbers', () => {
  it.each([
    '+14155550132',
    '+49 171 1234567',
    '+49 (0)171 1234567',
    '+1 (415) 555-0132',
    '+44.20.7946.0958',
    '+49.1711234567',
    '+33\u00a06\u00a012\u00a034\u00a056\u00a078',
    '(+44) (555)123-1234',
    '0049 171 1234567',
    '011 44 20 7946 0958',
    '0033142685300',
    '001-234-567-8901x123',
    '(415) 555-0132',
    '415-555-0132',
    '415.555.0132',
    '1-415-555-0132',
    '1 (415) 555-0132',
    '555-555-5555',
    '(415) 555-0132 x123',
    '415-555-0132 ext. 5',
    '020 7946 0958',
    '0171 1234567',
    '0171/1234567',
    '(030) 123456',
    '06 12 34 56 78',
    '06.12.34.56.78',
    '98765 43210',
    '054-234-5678',
    '03-6234567',
    '(11) 98456-5666',
    '+919876543210',
    '415 555 0132',
  ])('finds %s in a sentence without a word for it', (number) => {
    expect(found(`customer left ${number}, waiting`)).toEqual([number]);
    expect(found(number)).toEqual([number]);
  });

  it.each([
    ['https://x.example/u?p=%2B49%20171%201234567&y=1', '%2B49%20171%201234567'],
    ['https://x.example/u?phone=+49+171+1234567', '+49+171+1234567'],
    ['https://x.example/users/415-555-0132/orders', '415-555-0132'],
    [`{"p":"${'\\u002B'}14155552671"}`, `${'\\u002B'}14155552671`],
    ['https://x.example/#/call/0171%2F1234567', '0171%2F1234567'],
    ['line one\\n415-555-0132', '415-555-0132'],
    ['sip:+4915112345678@host', '+4915112345678'],
    ['sip:+4915112345678:5060', '+4915112345678'],
    ['at pay (https://x.example/app.js?to=%2B4915112345678:1:2)', '%2B4915112345678'],
    ['(call 415-555-0132)', '415-555-0132'],
    ['客户415-555-0132请联系', '415-555-0132'],
    ['「(415) 555-0132」', '(415) 555-0132'],
    ['{"a":"415 555 0132","b":1}', '415 555 0132'],
    ['"{\\"a\\":\\"415 555 0132\\"}"', '415 555 0132'],
    ['customer (+44 (0)20 7946 0958) left', '+44 (0)20 7946 0958'],
    ['customer (+1 (415) 555-0132) left', '+1 (415) 555-0132'],
    ['GET /x 200 415-555-0132', '415-555-0132'],
  ])('finds it in %s', (text, number) => {
    expect(found(text)).toEqual([number]);
  });

  it.each([
    ['phone: 5551234567', '5551234567'],
    ['tel:5551234567', '5551234567'],
    ['https://wa.me/4915112345678', '4915112345678'],
    ['mobile_no=5551234567 id=7', '5551234567'],
    ['"phoneNumber":"5551234567"', '5551234567'],
    ['"phone":{"number":5551234567}', '5551234567'],
    ['q?phone%3D5551234567', '5551234567'],
    ['call me at 5551234567', '5551234567'],
    ['my cell is 555-1234', '555-1234'],
    ['your new number is 5551234567', '5551234567'],
    ['Rufnummer 17312345678', '17312345678'],
    ['teléfono: 912345678', '912345678'],
    ['手机号码：13812345678', '13812345678'],
    ['call 9876543210', '9876543210'],
    ['fax 358 40 123 45 67 sent', '358 40 123 45 67'],
    ['phone 415-555-0132 2026 items', '415-555-0132'],
    ['customer phone on file 5551234567', '5551234567'],
    ['Ph. no. 9876543210', '9876543210'],
    ['WhatsApp 415 555 0132', '415 555 0132'],
    ['now dialing 617 862 8888 via trunk 7', '617 862 8888'],
    ['Anruf unter 713 825 2095', '713 825 2095'],
    ['My Israeli number is 09-7625400', '09-7625400'],
  ])('believes the words of %s', (text, number) => {
    expect(found(text)).toEqual([number]);
  });

  it('goes on with a list', () => {
    expect(found('202-555-0143/202-555-0144')).toEqual(['202-555-0143', '202-555-0144']);
    expect(found('0171 1234567 0171 1234568')).toEqual(['0171 1234567', '0171 1234568']);
    expect(found('phones: 5551234567, 5559876543 or 5551112222')).toEqual(['5551234567', '5559876543', '5551112222']);
  });

  it.each(['phone', 'user.phone', 'phonenumber', 'contact_number', 'mobile', 'msisdn', 'caller', 'whatsapp', 'fax'])(
    'believes the name %s',
    (name) => {
      expect(found('5551234567', { name, place: `attributes.${name}` })).toEqual(['5551234567']);
    },
  );

  it.each(['phone_id', 'microphone', 'order', 'mobile.app.build', 'cell_id', 'call_id'])(
    'does not believe the name %s',
    (name) => {
      expect(found('5551234567', { name, place: `attributes.${name}` })).toEqual([]);
    },
  );

  it('looks for the formats of the regions of the policy', () => {
    const spanish = createPhoneDetector(PrivacyPolicy.parse({ phoneRegions: ['ES'] }));
    const russian = createPhoneDetector(PrivacyPolicy.parse({ phoneRegions: ['RU'] }));
    expect(found('from 654-78-93-21 today', MESSAGE, spanish)).toEqual(['654-78-93-21']);
    expect(found('from 8-967-633-88-55 today', MESSAGE, russian)).toEqual(['8-967-633-88-55']);
    expect(found('from 415-555-0132 today', MESSAGE, spanish)).toEqual([]);
    expect(found('from 654-78-93-21 today')).toEqual([]);
  });
});

describe('what is none', () => {
  it.each([
    '1699999999 1699999999123',
    '081109 203615 148 INFO dfs.DataNode',
    'part-0.log:98765+43210',
    'reading 256 512 1024',
    '{"buckets":"250 500 1000","n":7}',
    '078-05-0000',
    '00 11 22 33 44 55 66 77 88',
    'GET /x 404 512 2048',
    '085 242 148 142 017 003 255 001',
    '003 254 245 145 074 093 223 219',
    'your order number is 5551234567',
    '00000012345678',
    'seq 0012345678',
    '2026-11-26 14:03:05.123456789',
    '2026-11-26T14:03:05+0100',
    '2026.11.26 1403',
    '26/11/2026 14 0122',
    '192.168.100.123 - -',
    '010.020.030.040',
    '52.5200, 13.4050',
    '+52.520008 13.404954',
    'cpu 0018529 5827 476900 83407242 0',
    '550e8400-e29b-41d4-a716-446655440000',
    '12345678-0123-4567-8901-123456789012',
    '100-2345-6789',
    '123-45-6789',
    '4111 1111 1111 1111',
    '978-3-16-148410-0',
    '"GET / HTTP/1.1" 200 44717',
    '0.005 0.004 1234567',
    '1 234 567 890',
    'row 12 34 56 78 90',
    'row 01 02 03 04 05',
    'bytes 06 12 34 56 78 9a',
    'key=2025551234',
    '/v1/0171/1234567',
    'sizes 256 512 1024',
    'order number 5551231234',
    'call_id=1234567890',
    'call took 12345678 ns',
    '-rw 0644 12345678',
    '60000-65535',
    '"phone":null,"count":12345678',
    'microphone 12345678',
    'pod api-415-555-0132',
    '415-555-0132-7f',
    'x415-555-0132x',
  ])('passes over %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('untrusted text', () => {
  it('reports ascending ranges within the text, whatever it is', () => {
    const pieces = fc.constantFrom(
      '0',
      '1',
      '415',
      '555',
      '0132',
      '+',
      '-',
      ' ',
      '.',
      '(',
      ')',
      '/',
      '%20',
      '%2B',
      '\u00a0',
      '\ud800',
      '\0',
      'call',
      'x',
      ',',
      '\\u002B',
      '@',
      ':',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
        (text) => {
          let last = 0;
          detector.find(text, MESSAGE, (start, end) => {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('asks the library no more than its bound, and takes the shape for the number then', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `+49171${1_000_000 + index}`).join(', ');
    expect(found(text)).toHaveLength(5000);
  });
});
