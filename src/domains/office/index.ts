/** The front door of the office room: documents in and out, tasks, the Committee's calendar. */
export { registerDocument, draftDocument } from './document/register.actions.ts';
export { actOnDocument } from './document/move.actions.ts';
export { actOnTask, giveTask, type NewTask } from './task/task.actions.ts';
export { taskLinks, type TaskLinks } from './task/links.queries.ts';
export { addEntry, type EntryInput } from './agenda/entry.actions.ts';
export {
  addScans,
  checkBatch,
  judgeScans,
  openArchive,
  runCheck,
  startBatch,
} from './archive/archive.actions.ts';
export { getBatch, piecesOf } from './archive/archive.queries.ts';
export { indexItem } from './archive/item.actions.ts';
export { enterPublication, type PublicationInput } from './publication/publication.actions.ts';
export type { DocumentExchange } from './exchange.ts';
