/** How states look: colour and icon, always beside their word. Pure. */
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';

const TONES: Record<string, { tone: Tone; icon: IconName }> = {
  registered: { tone: 'warn', icon: 'receive' },
  routed: { tone: 'info', icon: 'forward' },
  done: { tone: 'ok', icon: 'check' },
  draft: { tone: 'info', icon: 'edit' },
  submitted: { tone: 'warn', icon: 'send' },
  signed: { tone: 'warn', icon: 'stamp' },
  issued: { tone: 'ok', icon: 'check' },
  discarded: { tone: 'info', icon: 'close' },
  given: { tone: 'warn', icon: 'receive' },
  doing: { tone: 'info', icon: 'clock' },
  reported: { tone: 'warn', icon: 'send' },
  closed: { tone: 'ok', icon: 'check' },
  cancelled: { tone: 'info', icon: 'close' },
};

export function officeTone(state: string): { tone: Tone; icon: IconName } {
  return TONES[state] ?? { tone: 'info', icon: 'info' };
}
