// https://dev.maxmind.com/geoip/docs/databases/city-and-country and https://github.com/sapics/ip-location-db (flat members)
import type { JsonObject } from '@aegisguard/model';
import timeZoneAt from '@photostructure/tz-lookup';

/** A name longer than this is no name; databases are files that anybody may have made. */
const TEXT_LENGTH_MAX = 200;
/** Five decimals are a metre, more than any database knows; single-precision numbers have noise beyond. */
const DEGREE_STEPS = 100_000;

type Path = readonly (string | number)[];

/** Where the databases that people use keep each member: MaxMind's nested records first, then flat ones. The first text found counts. */
const TEXT_PATHS = {
  country: [['country', 'iso_code'], ['country_code'], ['countryCode'], ['country']],
  countryName: [['country', 'names', 'en'], ['country_name'], ['countryName']],
  region: [
    ['subdivisions', 0, 'names', 'en'],
    ['subdivisions', 0, 'iso_code'],
    ['state1'],
    ['region'],
    ['region_name'],
  ],
  city: [['city', 'names', 'en'], ['city'], ['city_name']],
  timeZone: [['location', 'time_zone'], ['timezone'], ['time_zone']],
  asOrganization: [['autonomous_system_organization'], ['as_organization'], ['as_name'], ['asname']],
} satisfies Record<string, readonly Path[]>;

const LATITUDE_PATHS: readonly Path[] = [['location', 'latitude'], ['latitude'], ['lat']];
const LONGITUDE_PATHS: readonly Path[] = [['location', 'longitude'], ['longitude'], ['lng'], ['lon']];
const ASN_PATHS: readonly Path[] = [['autonomous_system_number'], ['asn'], ['as_number']];

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const COUNTRY_CODE = /^[A-Z]{2}$/;

/** A database's record as members of `LogRecord.geo`; undefined when it says nothing that we keep. */
export function readPlace(record: unknown): JsonObject | undefined {
  const place: JsonObject = {};
  for (const [name, paths] of Object.entries(TEXT_PATHS)) {
    const text = firstText(record, paths);
    if (text !== undefined) {
      place[name] = text;
    }
  }
  const [latitude, longitude] = [degrees(record, LATITUDE_PATHS, 90), degrees(record, LONGITUDE_PATHS, 180)];
  if (latitude !== undefined && longitude !== undefined) {
    place.latitude = latitude;
    place.longitude = longitude;
    // Many free databases leave the time zone out, which the coordinates imply.
    place.timeZone ??= timeZoneAt(latitude, longitude);
  }
  const asn = autonomousSystem(record);
  if (asn !== undefined) {
    place.asn = asn;
  }
  nameCountry(place);
  return Object.keys(place).length === 0 ? undefined : place;
}

function nameCountry(place: JsonObject): void {
  const { country } = place;
  if (place.countryName === undefined && typeof country === 'string' && COUNTRY_CODE.test(country)) {
    const name = countryNames.of(country);
    if (name !== undefined) {
      place.countryName = name;
    }
  }
}

function valueAt(record: unknown, path: Path): unknown {
  let value = record;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function firstText(record: unknown, paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    const value = valueAt(record, path);
    if (typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH_MAX) {
      return value;
    }
  }
  return undefined;
}

function degrees(record: unknown, paths: readonly Path[], max: number): number | undefined {
  for (const path of paths) {
    const value = valueAt(record, path);
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (typeof number === 'number' && Math.abs(number) <= max) {
      return Math.round(number * DEGREE_STEPS) / DEGREE_STEPS;
    }
  }
  return undefined;
}

/** A number, also from a text such as `AS13335`. */
function autonomousSystem(record: unknown): number | undefined {
  for (const path of ASN_PATHS) {
    const value = valueAt(record, path);
    const number = typeof value === 'string' ? Number(value.replace(/^AS/i, '')) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= 0xffff_ffff) {
      return number;
    }
  }
  return undefined;
}
