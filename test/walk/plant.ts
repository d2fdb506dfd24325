/** One thing of every kind in each hamlet, through the verbs. */
import { addHamlet } from '#domain/commune';
import { addPlot, recordTest } from '#domain/farming';
import {
  addAddressPhoto,
  addMoney,
  addPhoto,
  addWork,
  inspectWork,
  issueAddress,
  moveAddress,
} from '#domain/places';
import {
  addCertificate,
  addMember,
  addProducer,
  giveConsent,
  recogniseCraftVillage,
  recordIncome,
  setStandard,
} from '#domain/producers';
import { addMember as joinHousehold, getHousehold, openHousehold } from '#domain/registry';
import { fileAtCounter, move } from '#domain/services';
import { addDays, localDateOf } from '#kernel/time';
import { giveConsent as consent } from '../../src/domains/registry/consent/consent.actions.ts';
import { textOn } from '../../src/domains/registry/consent/consent-text.ts';
import { addScan } from '../../src/domains/services/attachment/attachment.actions.ts';
import { clubFiling } from '../../src/domains/services/fixtures.ts';
import { jpeg } from '../pictures.ts';
import { keepFile, mark, named, numbersOf, type Place } from './marks.ts';
import { plantDiary } from './plant-diary.ts';
import { plantTea } from './plant-tea.ts';
import { as, FROM, type Planted, type Planter } from './planter.ts';

/** People, producers, houses, works, a dossier and a piece of the archive of one hamlet. */
export async function plantHamlet(planter: Planter, place: Place, name: string): Promise<Planted> {
  const hamletId = await as(planter, (ctx) => addHamlet(ctx, { name }));
  const planted: Planted = { place, hamletId, ids: new Map(), residentId: '', householdId: '', pack: '' };
  await plantPeople(planter, planted);
  await plantProducers(planter, planted);
  await plantPlaces(planter, planted);
  await plantDossier(planter, planted);
  await plantTea(planter, planted, await plantPlot(planter, planted));
  await plantDiary(planter, planted);
  await plantConsent(planter, planted);
  return planted;
}

async function plantPeople(planter: Planter, planted: Planted): Promise<void> {
  const { place, hamletId } = planted;
  const person = (nth: number) => ({
    fullName: named(place, 'person'),
    birthDate: `199${nth}-05-0${nth + 1}`,
    sex: 'female' as const,
    idCompared: true,
    ...numbersOf(place, nth),
  });
  const at = { hamletId, address: named(place, 'lane'), on: FROM };
  await as(planter, async (ctx) => {
    const id = await openHousehold(ctx, { ...at, head: { person: person(0) } });
    const child = { on: FROM, who: { person: person(1) }, relation: 'child' } as const;
    const childId = await joinHousehold(ctx, id, child);
    const people = (await getHousehold(ctx, id)).members.map((one) => one.residentId);
    planted.householdId = id;
    planted.residentId = people.find((one) => one !== childId)!;
    for (const one of [id, ...people]) planted.ids.set(one, 'person');
  });
}

/** A consent that was signed on paper, and a second record of the same person. */
async function plantConsent(planter: Planter, planted: Planted): Promise<void> {
  const { place, hamletId, residentId } = planted;
  const paper = { ...(await keepFile(planter.runtime, place)), mediaType: 'application/pdf' };
  await as(planter, async (ctx) => {
    const purpose = 'news' as const;
    const wording = textOn(purpose, localDateOf(ctx.now))!.version;
    await consent(ctx, residentId, { purpose, wording, paper });
    const again = { fullName: named(place, 'person'), birthDate: '1990-05-01', sex: 'female' as const };
    const at = { hamletId, address: named(place, 'lane'), on: FROM };
    const id = await openHousehold(ctx, { ...at, head: { person: again } });
    for (const one of [id, ...(await getHousehold(ctx, id)).members.map((one) => one.residentId)])
      planted.ids.set(one, 'person');
  });
}

async function plantProducers(planter: Planter, planted: Planted): Promise<void> {
  const { place, hamletId } = planted;
  const file = await keepFile(planter.runtime, place);
  await as(planter, async (ctx) => {
    const add = (name: string) =>
      addProducer(ctx, { kind: 'group', name, hamletId, from: FROM, headName: named(place, 'head') });
    const hidden = await add(named(place, 'producer'));
    await addMember(ctx, hidden, { name: named(place, 'member'), hamletId, from: FROM });
    await setStandard(ctx, hidden, { standard: 'vietgap', from: FROM });
    const validTo = addDays(localDateOf(ctx.now), 20);
    const paper = {
      kind: 'vietgap',
      number: mark(place, 'paper'),
      issuer: 'Nơi cấp',
      validFrom: FROM,
      validTo,
    };
    const paperId = await addCertificate(ctx, hidden, paper as never, { file });
    // Agreed to be shown: its name is public, its members and papers are not.
    const shown = await add(`Tổ chè ${mark(place, 'shown')}`);
    await addMember(ctx, shown, { name: named(place, 'member'), hamletId, from: FROM });
    await giveConsent(ctx, shown, { parts: ['profile'], givenBy: 'Tổ trưởng' });
    const decision = { decisionNumber: '12/QĐ', decisionIssuer: 'UBND tỉnh', recognisedOn: FROM };
    const village = { hamletId, name: named(place, 'craft'), trade: 'tea_making', ...decision };
    const craft = await recogniseCraftVillage(ctx, village);
    await recordIncome(ctx, { year: 2023, hamletId, amount: 58_500_000n, source: 'UBND', statedOn: FROM });
    planted.ids.set(hidden, 'producer').set(paperId, 'paper').set(shown, 'producer').set(craft, 'craft');
  });
}

async function plantPlaces(planter: Planter, planted: Planted): Promise<void> {
  const { place, hamletId } = planted;
  const picture = await planter.runtime.files.put(await jpeg(8, 8));
  await as(planter, async (ctx) => {
    const where = { hamletId, number: mark(place, 'house'), place: '21.7223, 105.7703' };
    const house = await issueAddress(ctx, { ...where, on: FROM });
    await moveAddress(ctx, house.id, { ...where, reason: named(place, 'reason') });
    const work = { kind: 'road', name: named(place, 'work'), hamletId, inUseFrom: FROM } as const;
    const road = await addWork(ctx, work);
    const seen = { onDay: FROM, condition: 'good', atStandard: true, lengthM: 900, hardenedM: 800 } as const;
    await inspectWork(ctx, road, { ...seen, note: named(place, 'note') });
    const money = { kind: 'cost', onDay: FROM, source: 'state', amount: 5_000_000n } as const;
    await addMoney(ctx, road, { ...money, what: named(place, 'money') });
    const photo = { ...picture, mediaType: 'image/jpeg' };
    const caption = named(place, 'photo');
    const kept = await addPhoto(ctx, road, photo, { takenOn: FROM, caption, public: false });
    const open = await planter.runtime.files.put(await jpeg(16, 8));
    const taken = { takenOn: FROM, caption: `Ảnh ${mark(place, 'shown')}`, public: true };
    await addPhoto(ctx, road, { ...open, mediaType: 'image/jpeg' }, taken);
    const plate = await addAddressPhoto(
      ctx,
      house.id,
      { ...open, mediaType: 'image/jpeg' },
      { takenOn: FROM, caption },
    );
    planted.ids.set(house.id, 'house').set(road, 'work').set(kept, 'photo').set(plate, 'photo');
  });
}

async function plantDossier(planter: Planter, planted: Planted): Promise<void> {
  const { place, hamletId, residentId } = planted;
  const file = await keepFile(planter.runtime, place);
  const name = named(place, 'applicant');
  const { phone } = numbersOf(place, 0);
  const applicant = { name, phone, userId: null, residentId };
  await as(planter, async (ctx) => {
    const filing = clubFiling({
      answers: { full_name: name },
      applicant,
      hamletId,
      clientId: mark(place, 'applicant'),
    });
    const dossier = await fileAtCounter(ctx, { ...filing, papers: { card: 'paper' } });
    const scan = await addScan(ctx, dossier.id, 'card', 'the.pdf', file);
    await move(ctx, dossier.id, 'receive', {});
    for (const id of [dossier.id, dossier.code, dossier.trackingCode, scan]) planted.ids.set(id, 'applicant');
  });
}

/** A field of tea, a hundred metres square. */
async function plantPlot(planter: Planter, planted: Planted): Promise<string> {
  const { place, hamletId } = planted;
  const [west, east, south, north] = [105.77, 105.771, 21.722, 21.723];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const geometry = { type: 'Polygon', coordinates: [ring] };
  const words = { name: named(place, 'plot'), note: named(place, 'plot') };
  const { id } = await as(planter, (ctx) =>
    addPlot(ctx, { ...words, geometry, hamletId, from: FROM, madeBy: 'draw' }),
  );
  const report = await keepFile(planter.runtime, place);
  const test = { plotId: id, kind: 'soil', sampledOn: FROM, laboratory: named(place, 'plot') } as const;
  planted.ids.set(id, 'plot').set(await as(planter, (ctx) => recordTest(ctx, test, report)), 'plot');
  return id;
}
