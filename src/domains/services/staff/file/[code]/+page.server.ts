import { fail, redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { AppError, isAppError } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { toPhone } from '#kernel/phone';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import type { Ctx } from '#kernel/context';
import { fieldsOf } from '#kernel/forms/flatten';
import { takeIn } from '../../../counter/take-in.actions.ts';
import type { Filed } from '../../../dossier/file.actions.ts';
import { applicantIn } from '../../../draft/draft.ts';
import { factsOf } from '../../../draft/draft.queries.ts';
import { readPosted } from '../../../draft/uploads.server.ts';
import { errorWords, textOf } from '../../../edge.ts';
import { procedureFacts, procedureName } from '../../../words.ts';
import {
  askedToday,
  emptyView,
  filledView,
  sentView,
  type Asked,
  type CounterView,
  type Sent,
} from './counter-form.ts';
import { applicantOf, findPerson, type Found } from '../../person.ts';
import type { Actions, PageServerLoad } from './$types';

const PURPOSE = { purpose: 'dossier' };
const NOBODY = { resident: '', name: '', phone: '', hamlet: '' };
type Applicant = typeof NOBODY;

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    allow(ctx, 'services.counter.open');
    const asked = await askedToday(ctx, params.code);
    const name = procedureName(asked.procedure, ctx.locale);
    return {
      name,
      facts: procedureFacts(asked.procedure, ctx.locale),
      verified: asked.procedure.verified,
      hamlets: asked.hamlets,
      view: emptyView(asked, ctx),
      client: newId(ctx.now),
      crumbs: [
        { href: localizeHref('/services/staff/file'), label: m.services_counter_title() },
        { href: url.pathname, label: name },
      ],
    };
  });

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const form = await request.formData();
    const go = textOf(form, 'go', 10);
    const posted = postedOf(form);
    try {
      const answer = await locals.run((ctx) => answered(ctx, params.code, go, posted), PURPOSE);
      if (answer.filed) {
        const done = posted.complete ? 'received' : 'filed';
        redirect(303, `${localizeHref(`/services/staff/${answer.filed.id}`)}?done=${done}`);
      }
      return answer.faults > 0 ? fail(422, answer) : answer;
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const { code, params: words, status } = thrown;
      const view = await locals.run(async (ctx) =>
        sentView(await askedToday(ctx, params.code), ctx, posted, false),
      );
      return fail(status, { ...again(posted, view), refusal: errorWords(code, words) });
    }
  },
};

type Posted = Sent & {
  client: string;
  complete: boolean;
  applicant: Applicant;
  person: string;
  chosen: string;
};

/** The questions' answers stand under their own keys; what is the counter's own begins with `desk_`. */
function postedOf(form: FormData): Posted {
  const text = (name: string) => cleanLine(textOf(form, `desk_${name}`, 200));
  const { raw } = readPosted(form);
  return {
    raw,
    papers: form.getAll('desk_paper').filter((one): one is string => typeof one === 'string'),
    client: text('client'),
    complete: text('complete') === 'yes',
    applicant: {
      resident: text('resident'),
      name: text('name'),
      phone: text('phone'),
      hamlet: text('hamlet'),
    },
    person: text('person'),
    chosen: text('chosen'),
  };
}

async function answered(ctx: Ctx, code: string, go: string, posted: Posted) {
  allow(ctx, 'services.counter.open');
  const asked = await askedToday(ctx, code);
  if (go === 'find') return found(asked, ctx, posted, await findPerson(ctx, posted.person, posted.chosen));
  const view = sentView(asked, ctx, posted, go === 'file');
  const applicant = go === 'file' ? applicantErrors(asked, view.values, posted.applicant) : {};
  const faults = Object.keys(applicant).length + (go === 'file' ? Object.keys(view.errors).length : 0);
  if (go !== 'file' || faults > 0) return { ...again(posted, view), applicantErrors: applicant, faults };
  return { ...again(posted, view), filed: await file(ctx, asked, posted) };
}

function found(asked: Asked, ctx: Ctx, posted: Posted, person: Found) {
  if (person.kind !== 'one') return { ...again(posted, sentView(asked, ctx, posted, false)), found: person };
  const view = filledView(asked, ctx, posted, factsOf(person.resident));
  const sent = { ...posted, applicant: applicantOf(person.resident) };
  return { ...again(sent, view), found: { kind: 'one' as const, name: person.resident.fullName } };
}

/** Everything that the page needs to stand as it stood. */
function again(posted: Posted, { pages, papers, revealed }: CounterView) {
  const { applicant, client, complete, person } = posted;
  return {
    view: { pages, papers, revealed },
    applicant,
    client,
    complete,
    person,
    found: null as
      null | { kind: 'none' } | { kind: 'one'; name: string } | Extract<Found, { kind: 'several' }>,
    applicantErrors: {} as Record<string, string>,
    refusal: null as string | null,
    filed: null as Filed | null,
    faults: 0,
  };
}

function applicantErrors(asked: Asked, values: Sent['raw'], given: Applicant): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!given.name && !applicantIn(asked.form, values as never).name)
    errors.name = m.services_counter_no_name();
  if (given.phone && toPhone(given.phone) === undefined) errors.phone = errorWords('input.bad_phone');
  if (given.hamlet && !asked.context.hamlets?.includes(given.hamlet))
    errors.hamlet = errorWords('input.unknown');
  return errors;
}

/** What was posted under the questions' own keys; the rest of the form is the counter's. */
function answersIn({ form }: Asked, { raw }: Posted): Posted['raw'] {
  const keys = new Set(fieldsOf(form).map(({ key }) => key));
  return Object.fromEntries(Object.entries(raw).filter(([key]) => keys.has(key)));
}

async function file(ctx: Ctx, asked: Asked, posted: Posted): Promise<Filed> {
  const { values } = sentView(asked, ctx, posted, true);
  const typed = applicantIn(asked.form, values);
  const { applicant } = posted;
  if (!/^[\w-]{8,60}$/.test(posted.client)) throw new AppError('input.bad_client_id', 422);
  const phone = applicant.phone || typed.phone;
  const filing = {
    procedureCode: asked.procedure.code,
    answers: answersIn(asked, posted),
    applicant: {
      name: applicant.name || (typed.name ?? ''),
      phone: phone ? (toPhone(phone) ?? null) : null,
      userId: null,
      residentId: isId(applicant.resident) ? applicant.resident : null,
    },
    hamletId: applicant.hamlet || typed.hamletId,
    papers: Object.fromEntries(posted.papers.map((code) => [code, 'paper' as const])),
    draftId: null,
    clientId: `counter:${posted.client}`,
  };
  return takeIn(ctx, filing, posted.complete);
}
