/** Random tasks and documents, through the verbs: what the office's figures are tried on. */
import { recordSignIn } from '#domain/identity';
import { actOnDocument, actOnTask, giveTask, registerDocument } from '#domain/office';
import { addDays, instantAt } from '#kernel/time';
import { seeded } from '../demo/random.ts';
import { FIRST_DAY, type Lived } from './lives.ts';
import { official, system, type World } from './world.ts';

/** As many tasks and as many documents, some late, some never done. */
export async function liveAtOffice(world: World, lived: Lived, count: number): Promise<void> {
  const random = seeded(77);
  const giver = official('specialist', 'leader');
  for (let at = 0; at < count; at += 1) {
    const officer = random.pick(lived.officers);
    const worker = { ...official('specialist'), userId: lived.userOf(officer) };
    const day = addDays(FIRST_DAY, random.int(0, 50));
    const now = instantAt(day, 9 * 60);
    const later = instantAt(addDays(day, random.int(1, 9)), 10 * 60);
    const dueDays = random.int(1, 4);
    const task = await world.as(
      giver,
      (ctx) => giveTask(ctx, { title: `Việc ${at}`, assignee: officer, dueDays }),
      { now },
    );
    const document = await world.as(
      giver,
      async (ctx) => {
        const fields = { type: 'letter', sender: 'UBND tỉnh', summary: `văn bản ${at}` };
        const { id } = await registerDocument(ctx, fields);
        await actOnDocument(ctx, id, 'route', { handler: officer, dueDays });
        return id;
      },
      { now },
    );
    if (random.chance(0.2)) continue;
    const note = { note: 'xong' };
    await world.as(worker, (ctx) => actOnTask(ctx, task, 'report', note), { now: later });
    await world.as(worker, (ctx) => actOnDocument(ctx, document, 'finish', note), { now: later });
    if (random.chance(0.1))
      await world.as(giver, (ctx) => actOnTask(ctx, task, 'cancel', note), { now: later });
    await world.as(system, (ctx) => recordSignIn(ctx, 'totp', worker.userId), { now: later });
  }
}
