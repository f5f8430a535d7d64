import { readFileSync } from 'node:fs';
import { suitePath, writeMmdb } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGeoDatabases } from './open-geo-databases.ts';

const LONDON = {
  city: { names: { de: 'London', en: 'London' } },
  country: { iso_code: 'GB', names: { en: 'United Kingdom' } },
  location: { latitude: 51.5142, longitude: -0.0931, time_zone: 'Europe/London' },
  subdivisions: [{ iso_code: 'ENG', names: { en: 'England' } }],
};
const HESSE = {
  country_code: 'DE',
  state1: 'Hesse',
  city: 'Frankfurt',
  latitude: 50.11,
  longitude: 8.6821,
  timezone: '',
};
const CITIES = writeMmdb({ '81.2.69.0/24': LONDON, '2a00:1450::/32': HESSE, '10.0.0.0/8': LONDON });
const SYSTEMS = writeMmdb({
  '81.2.0.0/16': { autonomous_system_number: 20712, autonomous_system_organization: 'A&A' },
});

const cities = openGeoDatabases([CITIES]);

describe('databases of places', () => {
  it("reads MaxMind's nested records", () => {
    expect(cities.find('81.2.69.142')).toEqual({
      country: 'GB',
      countryName: 'United Kingdom',
      region: 'England',
      city: 'London',
      timeZone: 'Europe/London',
      latitude: 51.5142,
      longitude: -0.0931,
    });
  });

  it('reads flat records, and adds the name of the country and the time zone of the place', () => {
    expect(cities.find('2a00:1450:4001:80b::200e')).toEqual({
      country: 'DE',
      countryName: 'Germany',
      region: 'Hesse',
      city: 'Frankfurt',
      timeZone: 'Europe/Berlin',
      latitude: 50.11,
      longitude: 8.6821,
    });
  });

  it.each(['::ffff:81.2.69.142', '::FFFF:5102:458e', '0:0:0:0:0:ffff:81.2.69.142', '[::ffff:81.2.69.142]'])(
    'knows %s as the IPv4 address that it is',
    (address) => {
      expect(cities.find(address)).toBe(cities.find(address));
      expect(cities.find(address)).toEqual(cities.find('81.2.69.142'));
    },
  );

  it('takes an address in brackets or with a zone', () => {
    expect(cities.find('[2a00:1450:4001:80b::200e]')?.city).toBe('Frankfurt');
    expect(cities.find('2a00:1450:4001:80b::200e%eth0')?.city).toBe('Frankfurt');
  });

  it.each([
    '10.1.2.3',
    '192.168.0.1',
    '127.0.0.1',
    '::1',
    'fe80::1',
    'fc00::1',
    '203.0.113.9',
    '',
    'no address',
    '81.2.69',
    '1'.repeat(5000),
  ])('says nothing of %j', (address) => {
    expect(cities.find(address)).toBeUndefined();
  });

  it('joins several databases, the earlier ones first', () => {
    const both = openGeoDatabases([CITIES, SYSTEMS]);
    expect(both.find('81.2.69.142')).toEqual({ ...cities.find('81.2.69.142'), asn: 20712, asOrganization: 'A&A' });
    expect(both.find('81.2.1.1')).toEqual({ asn: 20712, asOrganization: 'A&A' });
  });

  it('reads shared memory, and answers with what nobody can change', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(CITIES.length));
    shared.set(CITIES);
    const place = openGeoDatabases([shared]).find('81.2.69.142');
    expect(place?.city).toBe('London');
    expect(Object.isFrozen(place)).toBe(true);
  });

  it('refuses what is no database when it is opened', () => {
    expect(() => openGeoDatabases([Buffer.from('not a database')])).toThrow();
    const metadata = Buffer.from(CITIES).lastIndexOf('MaxMind.com') - 3;
    expect(() => openGeoDatabases([CITIES.subarray(metadata)])).toThrow('shorter');
    expect(() => openGeoDatabases([CITIES.subarray(0, metadata)])).toThrow();
  });

  it('answers any text without throwing, of a damaged database, too', () => {
    const damaged = Buffer.from(CITIES);
    damaged.fill(0xff, damaged.length - 400, damaged.length - 250);
    const lookup = openGeoDatabases([damaged]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        lookup.find(text);
        cities.find(text);
      }),
    );
  });
});

const cityPath = suitePath('maxmind-db', 'test-data/GeoIP2-City-Test.mmdb');
const cityJson = suitePath('maxmind-db', 'source-data/GeoIP2-City-Test.json');
const asnPath = suitePath('maxmind-db', 'test-data/GeoLite2-ASN-Test.mmdb');
const asnJson = suitePath('maxmind-db', 'source-data/GeoLite2-ASN-Test.json');

/** Network → record, of the networks that are not private, and whose first address is not in a narrower one of the list. */
function sourceOf(path: string | undefined): [address: string, record: Record<string, unknown>][] {
  const entries =
    path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>[]);
  return entries.flatMap((entry) =>
    Object.entries(entry).map(
      ([network, record]) => [network.replace(/\/\d+$/, ''), record] as [string, Record<string, unknown>],
    ),
  );
}

describe.skipIf(cityPath === undefined)('the test databases of MaxMind (need AEGIS_SUITES_DIR)', () => {
  it('answer as their source says: cities', () => {
    const lookup = openGeoDatabases([readFileSync(cityPath ?? '')]);
    const wrong = sourceOf(cityJson).flatMap(([address, record]) => {
      const { country, city, location } = record as {
        country?: { iso_code?: string };
        city?: { names?: { en?: string } };
        location?: { latitude?: number; longitude?: number; time_zone?: string };
      };
      const found = lookup.find(address) ?? {};
      const says = [found.country, found.city, found.latitude, found.longitude];
      const expected = [country?.iso_code, city?.names?.en, location?.latitude, location?.longitude];
      const agrees =
        expected.every((value, at) => value === says[at]) && (location?.time_zone ?? found.timeZone) === found.timeZone;
      return agrees ? [] : [{ address, says, expected }];
    });
    expect(wrong).toEqual([]);
  });

  it('answer as their source says: autonomous systems', () => {
    const lookup = openGeoDatabases([readFileSync(asnPath ?? '')]);
    const wrong = sourceOf(asnJson).flatMap(([address, record]) => {
      const found = lookup.find(address) ?? {};
      return found.asn === record.autonomous_system_number &&
        found.asOrganization === record.autonomous_system_organization
        ? []
        : [{ address, found, record }];
    });
    expect(wrong).toEqual([]);
  });
});
