import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../diary/entry.ts';
import {
  again,
  begin,
  correction,
  finish,
  isOpen,
  isUnsettled,
  lose,
  NotAllowed,
  outgoing,
  reopen,
  send,
  take,
  write,
  type Item,
} from './outbox.ts';
import { aWork } from '../../diary/fixtures.ts';

const draft = (seq = 1): Item => begin(aWork({ plot_ids: [crypto.randomUUID()], at: '2026-11-20' }), seq);
const AT = '2026-11-23T01:00:00.000Z';
const yes: Pick<Outcome, 'state' | 'codes'> = { state: 'accepted', codes: [] };
const no: Pick<Outcome, 'state' | 'codes'> = {
  state: 'refused',
  codes: [{ code: 'farming.entry.to_come', params: {} }],
};

describe('an entry on the phone', () => {
  it('goes from draft over waiting and sent to saved', () => {
    const sent = send(finish(draft()));
    expect([sent.state, sent.attempts]).toEqual(['sent', 1]);
    expect(take(sent, yes, AT)).toMatchObject({ state: 'saved', answeredAt: AT });
  });

  it('may be changed only while it has certainly never left', () => {
    const waiting = finish(draft());
    expect(isOpen(waiting)).toBe(true);
    expect(reopen(waiting).state).toBe('draft');
    const lost = lose(send(waiting));
    expect(lost.state).toBe('waiting');
    expect(isOpen(lost)).toBe(false);
    expect(() => reopen(lost)).toThrow(NotAllowed);
    expect(() => write(lost, lost.entry)).toThrow(NotAllowed);
  });

  it('keeps its id whatever is written into it', () => {
    const item = draft();
    expect(write(item, { ...item.entry, id: 'another' }).entry.id).toBe(item.id);
  });

  it('takes no answer to something that never left', () => {
    expect(take(finish(draft()), yes, AT).state).toBe('waiting');
    expect(take(draft(), no, AT).state).toBe('draft');
  });

  it('stays saved whatever comes later; refused becomes saved where the commune has it after all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('yes', 'no', 'send', 'lose'), { maxLength: 30 }), (steps) => {
        let item = finish(draft());
        let accepted = false;
        for (const step of steps) {
          if (step === 'send') item = send(item);
          else if (step === 'lose') item = lose(item);
          else {
            accepted ||= step === 'yes' && item.attempts > 0;
            item = take(item, step === 'yes' ? yes : no, AT);
          }
          expect(item.state === 'saved').toBe(accepted);
        }
      }),
    );
  });

  it('that was refused stays in sight until something finished takes its place', () => {
    const refused = take(send(finish(draft(1))), no, AT);
    const next = correction(refused, { id: crypto.randomUUID(), now: AT, seq: 2 });
    expect(next.entry).toMatchObject({ instead_of: refused.id, corrects: null, recorded_at: AT });
    expect(isUnsettled(refused, [refused, next])).toBe(true);
    expect(isUnsettled(refused, [refused, finish(next)])).toBe(false);
    expect(isUnsettled(again(refused), [])).toBe(false);
  });

  it('that is saved is put right by another one, which may say that it never happened', () => {
    const saved = take(send(finish(draft(1))), yes, AT);
    const id = crypto.randomUUID();
    expect(correction(saved, { id, now: AT, seq: 2, voids: true }).entry).toMatchObject({
      corrects: saved.id,
      voids: true,
      instead_of: null,
    });
    expect(() => correction(draft(), { id, now: AT, seq: 2 })).toThrow(NotAllowed);
  });

  it('is sent in the order of writing, whatever the clock said', () => {
    const items = [3, 1, 2].map((seq) => finish(draft(seq)));
    expect(outgoing([...items, draft(9)]).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});
