/** A VietGAP or organic book, as PDF or xlsx. */
import { answering } from '#app/answering';
import { bookFile } from '../../../book/edge.books.ts';
import { signInFirst } from '../../edge.page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  signInFirst(event);
  return answering(event, () => bookFile(event, event.params.file));
};
