import { openLotDesk } from '../lot/desk.queries.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({ desk: await locals.run(openLotDesk) });
