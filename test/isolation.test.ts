import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { note } from '#kernel/audit';
import { system, useWorld } from './world.ts';

const world = useWorld();

describe('the application’s role', () => {
  it('neither owns tables nor bypasses row-level security', async () => {
    const { rows } = await world.handle.pool.query(
      `select rolsuper, rolbypassrls, (select count(*)::int from pg_class where relkind = 'r' and relowner = r.oid) as owned
       from pg_roles r where rolname = current_user`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });

  it('sees nothing without a commune', async () => {
    await world.as(system, async (ctx) => note(ctx, 'test.thing'));
    const { rows } = await world.handle.pool.query('select count(*)::int as seen from audit_entry');
    expect(rows).toEqual([{ seen: 0 }]);
  });

  it('cannot write rows of another commune', async () => {
    const foreign = world.as(system, (ctx) =>
      sql`insert into commune_setting (commune_id, key, value) values (${world.neighbour.id}, 'x', '1')`.execute(
        ctx.db,
      ),
    );
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot change or delete the audit record', async () => {
    for (const statement of [
      'update audit_entry set action = action',
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(world.as(system, (ctx) => sql.raw(statement).execute(ctx.db))).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  it('cannot reach the job queue or the sign-in tables but through their doors', async () => {
    await expect(
      world.as(system, (ctx) => sql`select * from jobs.jobs`.execute(ctx.db)),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('every tenant table', () => {
  it('has commune_id first in every primary, unique and foreign key, and row-level security forced', async () => {
    const { rows } = await world.owner.query(`
      select c.relname, c.relrowsecurity, c.relforcerowsecurity,
        coalesce(array_agg(i.indexrelid::regclass::text) filter (where i.indisunique and i.indkey[0] <> a.attnum), '{}') as bad_keys
      from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'commune_id'
      left join pg_index i on i.indrelid = c.oid
      where c.relkind = 'r' group by 1, 2, 3 order by 1`);
    expect(rows.length).toBeGreaterThan(5);
    expect(
      rows.filter((row) => !row.relrowsecurity || !row.relforcerowsecurity || row.bad_keys.length > 0),
    ).toEqual([]);
  });
});
