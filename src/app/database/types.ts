/**
 * Writes src/kernel/schema.ts: the database's tables as TypeScript types, read from the catalogue of a
 * migrated database. SQL comments become TSDoc. A test compares the committed file with a fresh one.
 */
import pg from 'pg';

type Column = {
  table_name: string;
  column_name: string;
  type: string;
  nullable: boolean;
  has_default: boolean;
  comment: string | null;
  table_comment: string | null;
};

const TYPES: Record<string, string> = {
  int2: 'number',
  int4: 'number',
  int8: 'bigint',
  float8: 'number',
  numeric: 'string',
  text: 'string',
  file_hash: 'string',
  name: 'string',
  uuid: 'string',
  bool: 'boolean',
  date: 'string',
  timestamptz: 'Date',
  bytea: 'Buffer',
  json: 'Json',
  jsonb: 'Json',
};

/** @param ownerUrl a migrated database @returns the text of schema.ts */
export async function generateTypes(ownerUrl: string): Promise<string> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query<Column>(COLUMNS);
    const tables = Map.groupBy(rows, (row) => row.table_name);
    const names = [...tables.keys()];
    const parts = [HEAD, ...[...tables].map(([name, columns]) => tableType(name, columns))];
    const list = names.map((name) => `  ${name}: ${typeName(name)};`).join('\n');
    return `${parts.join('\n')}\nexport type Database = {\n${list}\n};\n`;
  } finally {
    await client.end();
  }
}

const HEAD = `// Written by \`node src/app/database/write-types.ts\` from the database's own catalogue; do not edit.
import type { ColumnType, Generated } from 'kysely';

/** Selected as parsed JSON; written as JSON text. */
type Json = ColumnType<unknown, string, string>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A column with a default may be left out; Kysely's own Generated does not look into a ColumnType. */
type DefaultTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
`;

const COLUMNS = `
select c.relname as table_name, a.attname as column_name,
       case when t.typelem <> 0 and t.typlen = -1 then e.typname || '[]' else t.typname end as type,
       not a.attnotnull as nullable, (a.atthasdef or a.attidentity <> '') as has_default,
       col_description(c.oid, a.attnum) as comment, obj_description(c.oid, 'pg_class') as table_comment
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_type e on e.oid = t.typelem
where c.relkind in ('r', 'p', 'v')
order by c.relname, a.attnum`;

function tableType(name: string, columns: Column[]): string {
  const about = columns[0]?.table_comment;
  const fields = columns.map((column) => {
    const doc = column.comment ? `  /** ${column.comment} */\n` : '';
    return `${doc}  ${column.column_name}: ${columnType(column)};`;
  });
  return `${about ? `/** ${about} */\n` : ''}export type ${typeName(name)} = {\n${fields.join('\n')}\n};\n`;
}

function columnType(column: Column): string {
  const array = column.type.endsWith('[]');
  const base = TYPES[array ? column.type.slice(0, -2) : column.type];
  if (!base)
    throw new Error(`${column.table_name}.${column.column_name}: no TypeScript type for ${column.type}`);
  if (base === 'Date' && column.has_default && !column.nullable) return 'DefaultTimestamp';
  const plain = base === 'Date' ? 'Timestamp' : array ? `${base}[]` : base;
  const nullable = column.nullable ? `${plain} | null` : plain;
  return column.has_default && plain !== 'Json' ? `Generated<${nullable}>` : nullable;
}

function typeName(table: string): string {
  return table
    .split('_')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}
