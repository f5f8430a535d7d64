export { isPublicAddress } from './is-public-address.ts';
export {
  createOutgoing,
  type Outgoing,
  type OutgoingAnswer,
  type OutgoingCall,
  type OutgoingOptions,
} from './outgoing.ts';
export { OutgoingError, type OutgoingErrorCode } from './outgoing-error.ts';
export { type OutgoingFetch, type OutgoingFetchOptions, outgoingFetch } from './outgoing-fetch.ts';
export { createResolver, type Resolve, type ResolverOptions } from './resolve-name.ts';
