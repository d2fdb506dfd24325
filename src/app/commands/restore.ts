import type { Command } from '../cli.ts';
export const restore: Command = async () => 1;
