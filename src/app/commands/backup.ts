import type { Command } from '../cli.ts';
export const backup: Command = async () => 1;
