import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { together } from './together.ts';

/** Rounds that end when they are told to. */
function slow(patience?: number) {
  const rounds: { questions: readonly number[]; end: (thrown?: Error) => void }[] = [];
  const ask = together<number, string>(
    (questions) =>
      new Promise((done, fail) => {
        const end = (thrown?: Error) => (thrown ? fail(thrown) : done(questions.map((one) => `${one}!`)));
        rounds.push({ questions, end });
      }),
    { most: 3, ...(patience !== undefined && { patience }) },
  );
  return { rounds, ask };
}

const turn = () => new Promise((done) => setImmediate(done));

describe('questions asked together', () => {
  it('of one turn go in one round, those that come meanwhile in the next, no more than fit', async () => {
    const { rounds, ask } = slow();
    const first = [ask(1), ask(2)];
    await turn();
    const later = [ask(3), ask(4), ask(5), ask(6)];
    await turn();
    expect(rounds.map(({ questions }) => questions)).toEqual([[1, 2]]);
    rounds[0]!.end();
    expect(await Promise.all(first)).toEqual(['1!', '2!']);
    await turn();
    expect(rounds[1]!.questions).toEqual([3, 4, 5]);
    rounds[1]!.end();
    await turn();
    rounds[2]!.end();
    expect(await Promise.all(later)).toEqual(['3!', '4!', '5!', '6!']);
  });

  it('fail together, and what is asked afterwards is answered', async () => {
    const { rounds, ask } = slow();
    const lost = Promise.allSettled([ask(1), ask(2)]);
    await turn();
    rounds[0]!.end(new Error('gone'));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = ask(3);
    await turn();
    await turn();
    rounds[1]!.end();
    expect(await next).toBe('3!');
  });

  it('do not wait for a round that hangs', async () => {
    const { rounds, ask } = slow(0);
    const hanging = ask(1);
    await turn();
    const next = ask(2);
    await vi.waitUntil(() => rounds.length === 2);
    rounds[1]!.end();
    expect(await next).toBe('2!');
    rounds[0]!.end();
    expect(await hanging).toBe('1!');
    const last = ask(3);
    await vi.waitUntil(() => rounds.length === 3);
    rounds[2]!.end();
    expect(await last).toBe('3!');
  });

  it('are each answered by their own answer, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 40 }), async (pauses) => {
        const ask = together<number, number>(
          async (questions) => {
            await turn();
            return questions.map((one) => one * 2);
          },
          { most: 4 },
        );
        const answers: Promise<number>[] = [];
        for (const [at, pause] of pauses.entries()) {
          for (let turns = 0; turns < pause; turns += 1) await turn();
          answers.push(ask(at));
        }
        expect(await Promise.all(answers)).toEqual(pauses.map((_, at) => at * 2));
      }),
      { numRuns: 50 },
    );
  });
});
