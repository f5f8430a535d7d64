// https://www.unicode.org/reports/tr24/ (scripts)

/** What a value cannot stand directly beside, being a part of something longer: letters, digits, the underscore. Letters of scripts that have no blanks between words join nothing: `客户4111…请`. */
export const WORD =
  /[[\p{L}\p{N}_]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]/v;
