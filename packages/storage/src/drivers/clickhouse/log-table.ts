import { nameLiteral } from './sql-literal.ts';

/** Names of the tables in one database, qualified and quoted. */
export interface TableNames {
  readonly database: string;
  readonly logs: string;
  readonly usage: string;
  readonly usageView: string;
  readonly migrations: string;
}

/** The tables of a database. */
export function tableNames(database: string): TableNames {
  const quoted = nameLiteral(database);
  return {
    database: quoted,
    logs: `${quoted}.logs`,
    usage: `${quoted}.log_usage`,
    usageView: `${quoted}.log_usage_view`,
    migrations: `${quoted}.schema_migrations`,
  };
}

/** Label and value of each stored label as one text; the bloom filter over labels is built on exactly this expression. */
export const LABEL_PAIRS = "arrayMap((name, value) -> concat(name, '=', value), mapKeys(labels), mapValues(labels))";
