import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { useWorld } from '#test/world';
import { chainTools } from './chain-fixture.ts';
import { linkHash } from './chain.ts';
import { parseHeads, type Head } from './heads.ts';

const world = useWorld();
const { act, begin, heads, link, links, problems, rechain, tamper, verify } = chainTools(world);

beforeEach(begin);

describe('tampering without writing the chain anew', () => {
  it.each([
    ['the time', "at = at + interval '1 microsecond'"],
    ['the actor', "actor_id = 'somebody else'"],
    ['the action', "action = 'test.other'"],
    ['the outcome', "outcome = 'refused'"],
    ['the purpose', "purpose = 'another'"],
    ['the commitment', "commitment = sha256('x')"],
  ])('names the entry in which %s was altered', async (_what, change) => {
    const third = (await links())[2]!.entry_id;
    await tamper(`update audit_entry set ${change} where id = '${third}'`);
    const found = await problems();
    expect(found[0]).toEqual({
      kind: change.includes('commitment') ? 'detail_altered' : 'altered',
      seq: 3,
      entryId: third,
    });
    expect(found.every(({ entryId }) => entryId === third)).toBe(true);
  });

  it('names an altered detail, and one that vanished without a recorded erasure', async () => {
    const [, second, third] = (await links()).map(({ entry_id }) => entry_id);
    await tamper(
      `update audit_detail set detail = '{"name":"Ai đó"}' where entry_id = '${second}'`,
      `delete from audit_detail where entry_id = '${third}'`,
    );
    expect(await problems()).toEqual([
      { kind: 'detail_altered', seq: 2, entryId: second },
      { kind: 'detail_removed', seq: 3, entryId: third },
    ]);
  });

  it('names a removed entry, and a place from which entry and link were both removed', async () => {
    const [, , third, , fifth] = (await links()).map(({ entry_id }) => entry_id);
    await tamper(
      `delete from audit_entry where id in ('${third}', '${fifth}')`,
      `delete from audit_link where entry_id = '${fifth}'`,
    );
    expect(await problems()).toEqual([
      { kind: 'removed', seq: 3, entryId: third },
      { kind: 'removed', seq: 5, entryId: null },
    ]);
  });

  it('sees that a link is missing where the places were renumbered', async () => {
    const third = (await links())[2]!.entry_id;
    await tamper(
      `delete from audit_link where entry_id = '${third}'`,
      `delete from audit_entry where id = '${third}'`,
      'update audit_link set seq = seq - 1 where seq > 3 and seq = 4',
      'update audit_link set seq = 4 where seq = 5',
      'update audit_link set seq = 5 where seq = 6',
    );
    expect(await problems()).toEqual([{ kind: 'removed', seq: 2, entryId: null }]);
  });

  it('names an entry that was put beside the chain', async () => {
    const id = randomUUID();
    await tamper(
      `insert into audit_entry (commune_id, id, at, actor_kind, action, outcome, commitment, recorded_at)
       values (1, '${id}', now() - interval '3 days', 'system', 'test.forged', 'done', '\\x00', now() - interval '3 days')`,
    );
    expect(await problems()).toEqual([{ kind: 'inserted', seq: null, entryId: id }]);
  });

  it('names an entry that was put into the chain', async () => {
    const id = randomUUID();
    const third = (await links())[2]!;
    await tamper(
      `insert into audit_entry (commune_id, id, at, actor_kind, action, outcome, commitment)
       values (1, '${id}', now(), 'system', 'test.forged', 'done', '\\x00')`,
      'update audit_link set seq = seq + 100 where seq > 3',
      'update audit_link set seq = seq - 99 where seq > 100',
      `insert into audit_link (commune_id, seq, entry_id, prev, hash, linked_at)
       values (1, 4, '${id}', '\\x${third.hash.toString('hex')}', '\\x00', now())`,
    );
    const forged = (await links())[3]!;
    const hash = linkHash(third.hash, forged.frame!, forged.linked_at).toString('hex');
    await tamper(`update audit_link set hash = '\\x${hash}' where seq = 4`);
    expect(await problems()).toEqual([{ kind: 'inserted', seq: 4, entryId: id }]);
  });

  it('names entries that changed places', async () => {
    const [, second, , fourth] = (await links()).map(({ entry_id }) => entry_id);
    await tamper(
      `update audit_link set entry_id = '${randomUUID()}' where seq = 2`,
      `update audit_link set entry_id = '${second}' where seq = 4`,
      `update audit_link set entry_id = '${fourth}' where seq = 2`,
    );
    expect(await problems()).toEqual([
      { kind: 'reordered', seq: 2, entryId: fourth },
      { kind: 'reordered', seq: 4, entryId: second },
    ]);
  });

  it('names whole links that changed places', async () => {
    const [, second, third] = (await links()).map(({ entry_id }) => entry_id);
    await tamper(
      'update audit_link set seq = 99 where seq = 2',
      'update audit_link set seq = 2 where seq = 3',
      'update audit_link set seq = 3 where seq = 99',
    );
    expect(await problems()).toEqual([
      { kind: 'reordered', seq: 2, entryId: third },
      { kind: 'reordered', seq: 3, entryId: second },
    ]);
  });
});

describe('a chain written anew, against a kept head', () => {
  let kept: Head[];
  let ids: string[];
  beforeEach(async () => {
    const taken = await heads();
    kept = parseHeads(taken.map((head) => `${JSON.stringify(head)}\n`).join(''));
    ids = (await links()).map(({ entry_id }) => entry_id);
    await act(2);
    await link();
  });

  it('is fine while nothing was touched', async () => {
    expect(await verify(kept)).toMatchObject({ entries: 8, heads: 1, problems: [] });
  });

  it('names the altered record', async () => {
    await tamper(`update audit_entry set action = 'test.other' where id = '${ids[3]}'`);
    await rechain();
    expect(await problems()).toEqual([]);
    expect(await problems(kept)).toEqual([{ kind: 'altered', seq: 4, entryId: ids[3] }]);
  });

  it('names the place of the removed record', async () => {
    await tamper(
      `delete from audit_link where entry_id = '${ids[3]}'`,
      `delete from audit_entry where id = '${ids[3]}'`,
    );
    await rechain();
    expect(await problems()).toEqual([]);
    expect(await problems(kept)).toEqual([{ kind: 'removed', seq: 4, entryId: null }]);
  });

  it('names the inserted record', async () => {
    const id = randomUUID();
    await tamper(
      `insert into audit_entry (commune_id, id, at, actor_kind, action, outcome, commitment)
       values (1, '${id}', now(), 'system', 'test.forged', 'done', '\\x00')`,
      'update audit_link set seq = seq + 100 where seq > 3',
      'update audit_link set seq = seq - 99 where seq > 100',
      `insert into audit_link (commune_id, seq, entry_id, prev, hash, linked_at) values (1, 4, '${id}', '\\x00', '\\x00', now())`,
    );
    await rechain();
    expect(await problems()).toEqual([]);
    expect(await problems(kept)).toEqual([{ kind: 'inserted', seq: 4, entryId: id }]);
  });

  it('names records that changed places', async () => {
    await tamper(
      'update audit_link set seq = 99 where seq = 2',
      'update audit_link set seq = 2 where seq = 5',
      'update audit_link set seq = 5 where seq = 99',
    );
    await rechain();
    expect(await problems()).toEqual([]);
    expect(await problems(kept)).toEqual([
      { kind: 'reordered', seq: 2, entryId: ids[4] },
      { kind: 'reordered', seq: 5, entryId: ids[1] },
    ]);
  });

  it('says which places are gone when the end was cut off', async () => {
    await tamper(
      'delete from audit_link where seq > 4',
      'delete from audit_entry where id not in (select entry_id from audit_link)',
    );
    expect(await problems()).toEqual([]);
    expect(await problems(kept)).toEqual([
      { kind: 'removed', seq: 5, entryId: null },
      { kind: 'removed', seq: 6, entryId: null },
    ]);
  });

  it('says that the head does not fit when only the links were written anew', async () => {
    await tamper(`update audit_link set linked_at = linked_at + interval '1 second'`);
    await rechain();
    expect(await problems(kept)).toEqual([{ kind: 'head_mismatch', seq: 6, entryId: ids[5] }]);
  });
});
