import type { GeoSourceAnswer } from '@aegisguard/model';

/** What the licence of the bundled database asks to be shown beside its places: https://db-ip.com/db/download/ip-to-city-lite */
const DB_IP = { text: 'IP geolocation by DB-IP', url: 'https://db-ip.com' };

/** Where the places of addresses come from: `Config.geoDatabases` in the words of the API. */
export function geoSource(databases: readonly string[] | undefined): GeoSourceAnswer {
  if (databases === undefined) {
    return { source: 'bundled', attribution: DB_IP };
  }
  return { source: databases.length === 0 ? 'none' : 'own', attribution: null };
}
