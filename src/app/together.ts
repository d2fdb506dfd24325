/** Asks a question once for many who ask it at the same time. */

type Waiting<Q, A> = { question: Q; done: (answer: A) => void; fail: (why: unknown) => void };
type Options = {
  /** Questions in one round. */
  most?: number;
  /** Milliseconds after which the next round no longer waits for the one before. */
  patience?: number;
};

/**
 * Turns a way to answer many questions at once into one for single questions: whoever asks while a round is under way
 * goes with the next one. A round begins after all of its questions were asked, so that nobody is told what was true
 * before.
 * @param answer one answer for each question, in their order; if it throws, all who asked in that round are told so
 */
export function together<Q, A>(
  answer: (questions: readonly Q[]) => Promise<readonly A[]>,
  { most = 200, patience = 100 }: Options = {},
): (question: Q) => Promise<A> {
  const waiting: Waiting<Q, A>[] = [];
  let under: object | undefined;
  const begin = (): void => {
    if (under || waiting.length === 0) return;
    const round = waiting.splice(0, most);
    under = round;
    const next = () => {
      if (under === round) under = undefined;
      begin();
    };
    const patient = setTimeout(next, patience);
    void answerRound(answer, round).finally(() => {
      clearTimeout(patient);
      next();
    });
  };
  return (question) =>
    new Promise((done, fail) => {
      waiting.push({ question, done, fail });
      // Whoever asks within the same turn comes along.
      if (waiting.length === 1) setImmediate(begin);
    });
}

async function answerRound<Q, A>(
  answer: (questions: readonly Q[]) => Promise<readonly A[]>,
  round: readonly Waiting<Q, A>[],
): Promise<void> {
  try {
    const answers = await answer(round.map(({ question }) => question));
    for (const [at, { done }] of round.entries()) done(answers[at]!);
  } catch (thrown) {
    for (const { fail } of round) fail(thrown);
  }
}
