/** A value longer than this, in UTF-16 units, is not a facet. */
const FACET_LENGTH_MAX = 40;
/** A value with more digits is taken for an identifier or a measurement. */
const FACET_DIGITS_MAX = 3;

/**
 * Whether a label's value is stored among the facets (`label=value`, dictionary-coded, fast to filter by) rather than among the labels: short texts with few digits, such as
 * methods, status codes and region names, repeat; identifiers and measurements do not, and would only fill the dictionary. A rule over the value alone, so that a query for
 * a value knows where to look. Stored rows depend on it: changing it needs a migration.
 */
export function isFacet(value: string): boolean {
  const { length } = value;
  if (length > FACET_LENGTH_MAX) {
    return false;
  }
  let digits = 0;
  for (let index = 0; index < length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit >= 0x30 && unit <= 0x39) {
      digits += 1;
      if (digits > FACET_DIGITS_MAX) {
        return false;
      }
    }
  }
  return true;
}
