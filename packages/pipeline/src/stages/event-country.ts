import { addressIn } from '../enrich/client-address.ts';
import type { EventStage } from '../stage.ts';

/** Adds the country of a security event's address. The connection's peer is whoever reports the event, which says nothing of its subject. */
export const eventCountry: EventStage = {
  name: 'country',
  apply(record, { geo }) {
    const address = record.ip === '' ? undefined : addressIn(record.ip);
    const country = address === undefined ? undefined : geo.find(address)?.country;
    if (typeof country === 'string') {
      record.country = country;
    }
  },
};
