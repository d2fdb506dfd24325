/** What a clerk can record on a household's page; pure. */
export const ACTS = ['join', 'birth', 'move', 'out', 'death', 'head', 'place'] as const;
export type Act = (typeof ACTS)[number];

export function findAct(text: string): Act | undefined {
  return ACTS.find((act) => act === text);
}
