/** The attribute that keeps a time which could not be stored (contract §6, "Records"). */
export const ORIGINAL_TIMESTAMP = 'aegis.original_timestamp';
