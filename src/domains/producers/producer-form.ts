/** The questions about a producer, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import { formatPhone } from '#kernel/phone';
import type { Question } from '#ui/form/short-form.ts';
import type { HamletOption } from './desk.queries.ts';
import { KINDS, type Producer } from './producer.ts';
import type { ProducerInput } from './producer.actions.ts';
import { TRADES, tradeWords } from './trade.ts';
import { kindWords } from './words.ts';

/** Names whose values a form sends several times. */
export const SEVERAL = ['trades', 'parts'];

/** @param known the producer that is changed; none for a new one */
export function producerQuestions(hamlets: readonly HamletOption[], known?: Producer): Question[] {
  const locale = getLocale();
  return [
    {
      kind: 'list',
      name: 'kind',
      label: m.producers_kind(),
      options: KINDS.map((kind) => ({ value: kind, label: kindWords(kind, locale) })),
      value: known?.kind,
    },
    { kind: 'line', name: 'name', label: m.producers_name(), value: known?.name },
    {
      kind: 'line',
      type: 'date',
      name: 'from',
      label: m.producers_from(),
      help: m.producers_from_help(),
      value: known?.from,
    },
    {
      kind: 'list',
      name: 'hamletId',
      label: m.producers_hamlet(),
      options: hamlets,
      value: known?.hamletId,
      optional: true,
    },
    {
      kind: 'several',
      name: 'trades',
      label: m.producers_trades(),
      help: m.producers_trades_help(),
      options: TRADES.map((trade) => ({ value: trade, label: tradeWords(trade, locale) })),
      value: known?.trades.join(','),
      optional: true,
    },
    ...reachQuestions(known),
  ];
}

function reachQuestions(known?: Producer): Question[] {
  const text = (name: string, label: string, value?: string | null, help?: string): Question => {
    return { kind: 'line', name, label, value, help, optional: true };
  };
  return [
    text(
      'registrationNumber',
      m.producers_registration(),
      known?.registrationNumber,
      m.producers_registration_help(),
    ),
    text('headName', m.producers_head(), known?.headName),
    text('address', m.producers_address(), known?.address),
    {
      kind: 'line',
      type: 'tel',
      name: 'phone',
      label: m.producers_phone(),
      size: 'middle',
      value: known?.phone && formatPhone(known.phone),
      optional: true,
    },
    {
      kind: 'line',
      type: 'email',
      name: 'email',
      label: m.producers_email(),
      value: known?.email,
      optional: true,
    },
    text('website', m.producers_website(), known?.website),
    { kind: 'text', name: 'about', label: m.producers_about(), value: known?.about, optional: true },
    { kind: 'text', name: 'aboutEn', label: m.producers_about_en(), value: known?.aboutEn, optional: true },
  ];
}

export function producerInput(typed: Readonly<Record<string, string>>): ProducerInput {
  const { name = '', from = '', registrationNumber, hamletId, address, headName } = typed;
  const { phone, email, website, about, aboutEn, trades = '' } = typed;
  return {
    kind: typed.kind as ProducerInput['kind'],
    name,
    from,
    registrationNumber,
    hamletId,
    address,
    headName,
    phone,
    email,
    website,
    about,
    aboutEn,
    trades: trades.split(',').filter(Boolean),
  };
}
