import { bindAtCounter, loadCounter, unbindAtCounter } from '../edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadCounter(event);

export const actions: Actions = {
  bind: (event) => bindAtCounter(event),
  unbind: (event) => unbindAtCounter(event),
};
