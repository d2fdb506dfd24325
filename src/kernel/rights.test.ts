import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Ctx, Grant } from './context.ts';
import { allow, hamletsWhere, may, ROLES, type Rule, type Thing } from './rights.ts';

const HERE = 1;
const RIGHT = 'test.thing.do';

function ctxOf(actor: Actor, rule: Rule): Ctx {
  const wiring = { policy: new Map([[RIGHT, rule]]), listeners: new Map() };
  return { commune: { id: HERE }, actor, wiring, trail: [] } as unknown as Ctx;
}

/** The same rule in other words, one question after the other, as one would check it by hand. */
function oracle(rule: Rule, actor: Actor, thing: Thing): boolean {
  if (thing.commune_id === 2) return false;
  if (rule.people === 'everybody') return true;
  switch (actor.kind) {
    case 'anonymous':
      return false;
    case 'system':
      return Boolean(rule.system);
    case 'person':
      if (rule.people === 'signed_in') return true;
      if (rule.people === 'owner') {
        for (const owner of thing.owners ?? []) if (owner === actor.userId) return true;
      }
      return holds(rule, actor.grants, thing);
    case 'api':
      return holds(rule, actor.grants, thing);
  }
}

function holds(rule: Rule, grants: readonly Grant[], thing: Thing): boolean {
  for (const role of rule.roles ?? []) {
    for (const grant of grants) {
      if (grant.role !== role) continue;
      if (grant.hamletId === null) return true;
      if (thing.hamlet_id !== null && thing.hamlet_id !== undefined && grant.hamletId === thing.hamlet_id)
        return true;
    }
  }
  return false;
}

const hamlet = fc.constantFrom('north', 'south', 'east');
const role = fc.constantFrom(...ROLES);
const user = fc.constantFrom('ann', 'binh', 'cuc');
const grant = fc.record({ role, hamletId: fc.option(hamlet) });
const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant({ kind: 'anonymous' } as const),
  fc.constant({ kind: 'system', name: 'jobs' } as const),
  fc.record({
    kind: fc.constant('person' as const),
    userId: user,
    name: fc.constant('Ann'),
    phone: fc.constant(null),
    residentId: fc.constant(null),
    grants: fc.array(grant, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('api' as const),
    keyId: user,
    name: fc.constant('key'),
    grants: fc.array(grant, { maxLength: 3 }),
  }),
);
const rule: fc.Arbitrary<Rule> = fc.record(
  {
    roles: fc.uniqueArray(role, { maxLength: 3 }),
    people: fc.constantFrom('everybody', 'signed_in', 'owner'),
    system: fc.boolean(),
  },
  { requiredKeys: [] },
);
const thing: fc.Arbitrary<Thing> = fc.record(
  {
    commune_id: fc.constantFrom(HERE, 2),
    hamlet_id: fc.option(hamlet),
    owners: fc.array(fc.option(user), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

describe('rights', () => {
  it('permit exactly what a naive reading of the rule permits', () => {
    fc.assert(
      fc.property(rule, actor, thing, (aRule, someone, something) => {
        const expected = oracle(aRule, someone, something);
        expect(may(ctxOf(someone, aRule), RIGHT, something)).toBe(expected);
        const ctx = ctxOf(someone, aRule);
        const refusal = someone.kind === 'anonymous' ? 'sign_in_needed' : 'refused';
        if (expected) allow(ctx, RIGHT, something);
        else expect(() => allow(ctx, RIGHT, something)).toThrow(expect.objectContaining({ code: refusal }));
        expect(ctx.trail.map(({ outcome }) => outcome)).toEqual([expected ? 'done' : 'refused']);
      }),
      { numRuns: 3000 },
    );
  });

  it('list exactly the hamlets in which they permit', () => {
    fc.assert(
      fc.property(rule, actor, (aRule, someone) => {
        const where = hamletsWhere(ctxOf(someone, aRule), RIGHT);
        for (const one of ['north', 'south', 'east']) {
          const listed = where === 'all' || where.includes(one);
          expect(listed).toBe(oracle(aRule, someone, { hamlet_id: one }));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused to everybody while the rule names nobody', () => {
    fc.assert(
      fc.property(actor, thing, (someone, something) => {
        expect(may(ctxOf(someone, {}), RIGHT, something)).toBe(false);
      }),
    );
  });

  it('that no room declares are a fault, not a permission', () => {
    const ctx = ctxOf({ kind: 'system', name: 'jobs' }, { people: 'everybody' });
    expect(may(ctx, 'test.thing.other')).toBe(false);
    expect(() => allow(ctx, 'test.thing.other')).toThrow('No room declares');
  });
});
