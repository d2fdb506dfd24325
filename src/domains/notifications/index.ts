export { notify, notifyMany, sendSignInCode } from './notify.actions.ts';
export type { Notice, Told } from './notify.actions.ts';
export { countUnread } from './inbox.actions.ts';
export type { Recipient } from './message.ts';
export type { NoticeEvent } from './template.ts';
