/** The demo's one-stop desks: the catalogue of procedures, the people who handle dossiers, and the dossiers. */
import { officeCalendar } from '#domain/commune';
import { importCatalogue } from '#domain/services';
import { runAs, type Runtime } from '#app/runtime';
import type { CommuneRef } from '#kernel/context';
import { findForm, loadCatalog, type Catalog } from '../src/domains/services/catalog.ts';
import type { ProcedureFile } from '../src/domains/services/procedure.ts';
import type { DemoPerson } from './accounts.ts';
import type { DemoCommune } from './communes.ts';
import type { Cast, DossierDemo, Person } from './dossier-life.ts';
import { buildDossiers, type Sizes } from './dossiers.ts';
import { buildSignedResult, type SignedResult } from './result.ts';

/** How often each procedure is asked for in a year; the others now and then. */
const WEIGHTS: Record<string, number> = {
  '2.000815': 420,
  '1.001193': 150,
  '2.000635': 130,
  '1.004873': 110,
  '1.004194': 95,
  '1.004222': 80,
  '2.000884': 75,
  '1.000894': 60,
  '1.000656': 55,
  '1.003677': 45,
  '1.011607': 40,
  '1.004859': 35,
  '1.001612': 30,
  '1.004884': 24,
  '2.001035': 22,
};
const NOW_AND_THEN = 6;

/** Builds the desk of one commune. @returns how many dossiers there are */
export async function buildServices(
  runtime: Runtime,
  demo: DemoCommune,
  people: readonly DemoPerson[],
  sizes: Sizes,
  now: Date,
): Promise<number> {
  const { commune } = demo;
  const catalog = loadCatalog();
  const system = { commune, actor: { kind: 'system', name: 'demo' }, silent: true } as const;
  await runAs(runtime, system, (ctx) =>
    importCatalogue(ctx, {
      procedures: catalog.procedures,
      forms: catalog.forms.flatMap(({ versions }) => versions),
    }),
  );
  const calendar = await runAs(runtime, system, officeCalendar);
  const procedures = catalog.procedures.map((file) => plannable(catalog, file));
  const cast = castOf(people);
  const signedResults = await signedResultsOf(runtime, commune, [cast.leader, ...cast.police]);
  const given = {
    runtime,
    commune,
    calendar,
    cast,
    residents: demo.residents,
    procedures,
    signedResults,
  };
  return buildDossiers(given, sizes, now);
}

/** By the official who decides. */
async function signedResultsOf(
  runtime: Runtime,
  { name: commune }: CommuneRef,
  deciding: readonly Person[],
): Promise<Map<string, SignedResult>> {
  const results = new Map<string, SignedResult>();
  for (const { officialId, name } of deciding)
    results.set(officialId, await buildSignedResult(runtime, { name, commune }));
  return results;
}

function castOf(people: readonly DemoPerson[]): Cast {
  const of = (role: string) => people.filter(({ grants }) => grants.some((grant) => grant.role === role));
  return {
    clerks: of('clerk'),
    specialists: of('specialist'),
    police: of('police'),
    leader: of('leader')[0]!,
  };
}

function plannable(catalog: Catalog, file: ProcedureFile): DossierDemo['procedures'][number] {
  const [first] = file.versions;
  return {
    code: file.code,
    weight: WEIGHTS[file.code] ?? NOW_AND_THEN,
    days: first!.timeLimit?.unit === 'same_day' ? 0 : (first!.timeLimit?.amount ?? 3),
    counterOnly: first!.online.level === 'counter',
    police: first!.agency === 'commune_police',
    versions: file.versions.map((version) => ({
      from: version.validFrom,
      to: version.validTo,
      form: findForm(catalog.forms, version.form)!,
      papers: version.papers.map(({ code }) => code),
    })),
  };
}
