import { goOrReturn } from '../edge.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => goOrReturn(event, event.params.step);
