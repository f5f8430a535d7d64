import { createApiKey, type OrganizationAccess, type RemoteSeries, remoteWrite } from '@aegisguard/testkit';

/** Series of one request. */
const BATCH = 400;

/** Writes series by Prometheus's remote write. */
export async function sendSeries(server: OrganizationAccess, series: readonly RemoteSeries[]): Promise<void> {
  const { secret } = await createApiKey(server, 'token', { scopes: ['metrics:write'] });
  for (let from = 0; from < series.length; from += BATCH) {
    await remoteWrite(server.url, secret, series.slice(from, from + BATCH));
  }
}
