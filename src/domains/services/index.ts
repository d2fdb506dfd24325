export type { ActionKind, Channel, Dossier, Medium, State } from './dossier/dossier.ts';
export { STATES } from './dossier/dossier.ts';
export { decideDossier } from './dossier/decide.actions.ts';
export { fileAsHelper, fileAtCounter, fileOnline } from './dossier/file.actions.ts';
export type { Filed, Filing } from './dossier/file.actions.ts';
export { move } from './dossier/move.actions.ts';
export { trackDossier } from './dossier/track.queries.ts';
export { workQueue } from './dossier/queue.queries.ts';
export { importCatalogue } from './procedure.actions.ts';
