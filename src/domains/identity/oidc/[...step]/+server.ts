import { goOrReturn } from '../round.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => goOrReturn(event, event.params.step);
