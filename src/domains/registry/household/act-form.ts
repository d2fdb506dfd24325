/** The questions of what a clerk records for a household. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import type { LocalDate } from '#kernel/time';
import { sexOptions } from '../resident-form.ts';
import { RELATIONS, type Relation } from './household.ts';
import { relationWords } from './household-words.ts';
import type { Act } from './act.ts';

export type Option = { value: string; label: string };

/** What the questions need to know. */
export type ActFacts = {
  members: readonly { id: string; name: string; relation: Relation }[];
  hamlets: readonly Option[];
  place: { hamletId: string; address: string | null };
  today: LocalDate;
  /** A person of the register who is about to join. */
  joining: { id: string; name: string } | null;
};

export function actQuestions(act: Act, facts: ActFacts): Question[] {
  switch (act) {
    case 'join':
      return [...(facts.joining ? [] : personQuestions()), relation(), day(facts), cameFrom()];
    case 'birth':
      return [fullName(), bornOn(facts), sex(), relation()];
    case 'move':
      return [...who(facts), day(facts), ...whereTo(facts), nextHead(facts)];
    case 'out':
      return [...who(facts), day(facts), leftTo(), nextHead(facts)];
    case 'death':
      return [oneMember(facts), day(facts, m.registry_deceased_on()), nextHead(facts)];
    case 'head':
      return [members('headId', m.registry_household_new_head(), facts), day(facts)];
    case 'place':
      return [hamlet(facts), address(facts), day(facts)];
  }
}

/** A head and a place: what opening a household asks. */
export function openQuestions(facts: Pick<ActFacts, 'hamlets' | 'today' | 'joining'>): Question[] {
  return [
    { kind: 'list', name: 'hamletId', label: m.registry_hamlet_label(), options: facts.hamlets },
    addressQuestion(null),
    {
      kind: 'line',
      type: 'date',
      name: 'on',
      label: m.registry_household_opened_on(),
      value: facts.today,
    },
    ...(facts.joining ? [] : personQuestions()),
  ];
}

/** The answers about a new person, as the register's verbs take them. */
export function personInput(typed: Readonly<Record<string, string>>) {
  const { fullName: name = '', birthDate, nationalId, phone } = typed;
  return {
    fullName: name,
    birthDate,
    sex: (typed.sex || null) as 'male' | 'female' | 'other' | null,
    nationalId,
    phone,
    idCompared: typed.idCompared === 'yes',
  };
}

/** The members that were ticked. */
export function tickedIn(typed: Readonly<Record<string, string>>): string[] {
  return Object.entries(typed).flatMap(([name, value]) =>
    name.startsWith('who.') && value === 'yes' ? [name.slice('who.'.length)] : [],
  );
}

function personQuestions(): Question[] {
  return [
    fullName(),
    { kind: 'line', type: 'date', name: 'birthDate', label: m.registry_birth_date(), optional: true },
    sex(),
    {
      kind: 'line',
      name: 'nationalId',
      label: m.registry_national_id(),
      help: m.registry_national_id_help(),
      size: 'middle',
      optional: true,
    },
    { kind: 'agree', name: 'idCompared', label: m.registry_id_compared() },
    { kind: 'line', type: 'tel', name: 'phone', label: m.registry_phone(), size: 'middle', optional: true },
  ];
}

function fullName(): Question {
  return { kind: 'line', name: 'fullName', label: m.registry_full_name() };
}

function sex(): Question {
  return { kind: 'list', name: 'sex', label: m.registry_sex(), options: sexOptions(), optional: true };
}

function bornOn({ today }: ActFacts): Question {
  return { kind: 'line', type: 'date', name: 'birthDate', label: m.registry_birth_date(), value: today };
}

function relation(): Question {
  const options = RELATIONS.filter((one) => one !== 'head').map((value) => {
    return { value, label: relationWords(value) };
  });
  return { kind: 'list', name: 'relation', label: m.registry_relation(), options };
}

function day({ today }: ActFacts, label = m.registry_change_day()): Question {
  return { kind: 'line', type: 'date', name: 'on', label, value: today };
}

function cameFrom(): Question {
  return {
    kind: 'line',
    name: 'from',
    label: m.registry_came_from(),
    help: m.registry_came_from_help(),
    optional: true,
  };
}

function leftTo(): Question {
  return { kind: 'line', name: 'to', label: m.registry_left_to(), help: m.registry_left_to_help() };
}

function who({ members: all }: ActFacts): Question[] {
  return all.map(({ id, name, relation: kin }) => ({
    kind: 'agree',
    name: `who.${id}`,
    label: `${name} (${relationWords(kin)})`,
  }));
}

function members(name: string, label: string, { members: all }: ActFacts): Question {
  const options = all.map(({ id, name: person, relation: kin }) => {
    return { value: id, label: `${person} (${relationWords(kin)})` };
  });
  return { kind: 'list', name, label, options };
}

function oneMember(facts: ActFacts): Question {
  return members('residentId', m.registry_who(), facts);
}

function nextHead(facts: ActFacts): Question {
  return {
    ...members('newHeadId', m.registry_household_new_head(), facts),
    help: m.registry_household_new_head_help(),
    optional: true,
  };
}

function whereTo(facts: ActFacts): Question[] {
  return [
    {
      kind: 'line',
      name: 'household',
      label: m.registry_to_household(),
      help: m.registry_to_household_help(),
      size: 'short',
      optional: true,
    },
    { ...hamlet(facts), value: null, optional: true },
    { ...addressQuestion(null) },
    {
      ...members('headThereId', m.registry_head_there(), facts),
      help: m.registry_head_there_help(),
      optional: true,
    },
  ];
}

function hamlet({ hamlets, place }: ActFacts): Question {
  return {
    kind: 'list',
    name: 'hamletId',
    label: m.registry_hamlet_label(),
    options: hamlets,
    value: place.hamletId,
  };
}

function address({ place }: ActFacts): Question {
  return addressQuestion(place.address);
}

function addressQuestion(value: string | null): Question {
  return {
    kind: 'line',
    name: 'address',
    label: m.registry_address(),
    help: m.registry_address_help(),
    value,
    optional: true,
  };
}
