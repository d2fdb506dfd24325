import { m } from '#i18n/messages';
import type { IconName } from '#ui/icons.ts';
import type { ChangeKind, Relation } from './household.ts';
import type { Act } from './act.ts';

const RELATION_WORDS: Record<Relation, () => string> = {
  head: m.registry_relation_head,
  spouse: m.registry_relation_spouse,
  child: m.registry_relation_child,
  parent: m.registry_relation_parent,
  grandparent: m.registry_relation_grandparent,
  grandchild: m.registry_relation_grandchild,
  sibling: m.registry_relation_sibling,
  child_in_law: m.registry_relation_child_in_law,
  parent_in_law: m.registry_relation_parent_in_law,
  relative: m.registry_relation_relative,
  unrelated: m.registry_relation_unrelated,
};
const CHANGE_WORDS: Record<ChangeKind, () => string> = {
  opened: m.registry_change_opened,
  entered: m.registry_change_entered,
  joined: m.registry_change_joined,
  moved_in: m.registry_change_moved_in,
  birth: m.registry_change_birth,
  death: m.registry_change_death,
  moved_out: m.registry_change_moved_out,
  moved_within: m.registry_change_moved_within,
  head_changed: m.registry_change_head_changed,
  place_changed: m.registry_change_place_changed,
  closed: m.registry_change_closed,
  merged: m.registry_change_merged,
  unmerged: m.registry_change_unmerged,
  corrected: m.registry_change_corrected,
};
const ACT_WORDS: Record<Act, { title: () => string; lead: () => string; icon: IconName }> = {
  join: { title: m.registry_act_join, lead: m.registry_act_join_lead, icon: 'add' },
  birth: { title: m.registry_act_birth, lead: m.registry_act_birth_lead, icon: 'leaf' },
  move: { title: m.registry_act_move, lead: m.registry_act_move_lead, icon: 'forward' },
  out: { title: m.registry_act_out, lead: m.registry_act_out_lead, icon: 'external' },
  death: { title: m.registry_act_death, lead: m.registry_act_death_lead, icon: 'stop' },
  head: { title: m.registry_act_head, lead: m.registry_act_head_lead, icon: 'person' },
  place: { title: m.registry_act_place, lead: m.registry_act_place_lead, icon: 'pin' },
};

/** What somebody is to the head of the household. */
export function relationWords(relation: Relation): string {
  return RELATION_WORDS[relation]();
}

/** What happened, as the book says it. */
export function changeWords(kind: ChangeKind): string {
  return CHANGE_WORDS[kind]();
}

/** The title, the explanation and the drawing of something that a clerk records. */
export function actWords(act: Act): { title: string; lead: string; icon: IconName } {
  const { title, lead, icon } = ACT_WORDS[act];
  return { title: title(), lead: lead(), icon };
}
